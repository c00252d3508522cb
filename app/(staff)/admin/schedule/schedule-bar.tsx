import Form from "next/form";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import type { ClinicianEntry } from "@/lib/clinicians/list-clinicians";
import { fullName } from "@/lib/kernel/full-name";
import { Icon } from "../../../icons";
import { type Asked, scheduleHref, stepped } from "./asked";

type Props = { asked: Asked; today: string; clinicians: ClinicianEntry[] };

/** Which days, and whose. All of it stands in the address. */
export function ScheduleBar({ asked, today, clinicians }: Props) {
  const t = useTranslations("schedule");
  const { view, on, clinicianId } = asked;
  return (
    <div className="planbar">
      <Link className="btn btn--quiet" href={stepped(asked, -1)}>
        {t(view === "week" ? "weekBefore" : "dayBefore")}
      </Link>
      <Link className="btn btn--quiet" href={scheduleHref(asked, { on: today })}>
        {t("today")}
      </Link>
      <Link className="btn btn--quiet" href={stepped(asked, 1)}>
        {t(view === "week" ? "weekAfter" : "dayAfter")}
      </Link>
      {(["week", "day"] as const).map((one) => (
        <Link
          key={one}
          className="btn btn--quiet"
          href={scheduleHref(asked, { view: one })}
          aria-current={one === view ? "true" : undefined}
        >
          {t(one)}
        </Link>
      ))}
      <Form key={`${on} ${clinicianId}`} action="/admin/schedule" aria-label={t("show")}>
        {view === "day" ? <input type="hidden" name="view" value="day" /> : null}
        <Field id="on" label={t("on")}>
          {(tied) => <input {...tied} className="input" type="date" name="on" defaultValue={on} />}
        </Field>
        <Field id="clinician" label={t("clinician")}>
          {(tied) => (
            <span className="pick">
              <select {...tied} className="input" name="clinician" defaultValue={clinicianId}>
                <option value="">{t("everybody")}</option>
                {clinicians.map((one) => (
                  <option key={one.clinicianId} value={one.clinicianId}>
                    {fullName(one)}
                  </option>
                ))}
              </select>
              <Icon name="down" />
            </span>
          )}
        </Field>
        <button type="submit" className="btn">
          {t("show")}
        </button>
      </Form>
    </div>
  );
}
