"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { staffRoles } from "@/lib/kernel/actor";
import type { StaffRole } from "@/lib/staff/invite";
import { Icon } from "../../../../icons";
import { Act } from "../../visits/[visitId]/act";
import { setRole } from "../actions";

export function RoleForm({ staffId, role }: { staffId: string; role: StaffRole }) {
  const t = useTranslations("people");
  const roles = useTranslations("frame.roles");
  return (
    <Act
      key={role}
      action={setRole}
      fields={{ staffId }}
      look="btn--md btn--quiet"
      busy={t("working")}
      label={t("roleDo")}
    >
      <Field id="role" label={t("newRole")} hint={t("roleChangeSay")}>
        {(tied) => (
          <span className="pick">
            <select {...tied} className="input" name="role" defaultValue={role}>
              {staffRoles.map((one) => (
                <option key={one} value={one}>
                  {roles(one)} – {t(`roleSay.${one}`)}
                </option>
              ))}
            </select>
            <Icon name="down" />
          </span>
        )}
      </Field>
    </Act>
  );
}
