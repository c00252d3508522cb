import { useTranslations } from "next-intl";
import { clockTime, shortDay } from "@/lib/kernel/times";
import type { OpenInvitation } from "@/lib/staff/list-staff";
import { Act } from "../visits/[visitId]/act";
import { ActAsked } from "../visits/[visitId]/act-asked";
import { sendAgain, withdraw } from "./actions";

type Props = { invitations: OpenInvitation[]; zone: string; tag: string };

/** Who was asked and has not come yet, with what can be done about it. */
export function Invitations({ invitations, zone, tag }: Props) {
  const t = useTranslations("people");
  const roles = useTranslations("frame.roles");
  const at = (iso: string) => `${shortDay(new Date(iso), zone, tag)}, ${clockTime(new Date(iso), zone, tag)}`;
  if (invitations.length === 0) return <p className="soft">{t("noInvitations")}</p>;
  return (
    <div className="card card--flush scroll">
      <table className="table table--stack entries">
        <thead>
          <tr>
            <th scope="col">{t("name")}</th>
            <th scope="col">{t("email")}</th>
            <th scope="col">{t("role")}</th>
            <th scope="col">{t("until")}</th>
            <th scope="col">{t("acts")}</th>
          </tr>
        </thead>
        <tbody>
          {invitations.map(({ invitationId, name, email, role, expiresAt, expired }) => (
            <tr key={invitationId}>
              <td>
                <b>{name}</b>
              </td>
              <td data-label={t("email")}>{email}</td>
              <td data-label={t("role")}>{roles(role)}</td>
              <td data-label={t("until")}>
                {expired ? <span className="chip chip--wait">{t("expired")}</span> : at(expiresAt)}
              </td>
              <td>
                <div className="row row--wrap row--top">
                  <Act
                    action={sendAgain}
                    fields={{ invitationId }}
                    look="btn--quiet btn--tiny"
                    busy={t("working")}
                    label={
                      <span>
                        {t.rich("again", { name, vh: (part) => <span className="vh">{part}</span> })}
                      </span>
                    }
                  />
                  <ActAsked
                    ask={
                      <span>
                        {t.rich("takeBack", { name, vh: (part) => <span className="vh">{part}</span> })}
                      </span>
                    }
                    tiny
                    action={withdraw}
                    fields={{ invitationId }}
                    look="btn--danger btn--tiny"
                    busy={t("working")}
                    label={t("takeBackDo")}
                  >
                    <p className="small">{t("takeBackSay")}</p>
                  </ActAsked>
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
