import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import type { ClinicianRecord } from "@/lib/clinicians/roster";
import { SaveForm } from "../../save-form";
import { dayWords } from "../week-words";
import { dropDaysOff, saveDaysOff } from "./actions";

type Props = { clinician: ClinicianRecord; today: string; mayChange: boolean; tag: string };

/** Days on which this clinician sees nobody. Those that are over are not shown. */
export function DaysOffCard({ clinician, today, mayChange, tag }: Props) {
  const t = useTranslations("clinicians");
  const { clinicianId } = clinician;
  const toCome = clinician.daysOff.filter(({ lastDay }) => lastDay >= today);
  const words = ({ firstDay, lastDay }: { firstDay: string; lastDay: string }) =>
    firstDay === lastDay
      ? dayWords(firstDay, tag)
      : t("fromTo", { from: dayWords(firstDay, tag), to: dayWords(lastDay, tag) });
  return (
    <section className="card stack" aria-labelledby="off-head">
      <div>
        <h2 id="off-head">{t("daysOff")}</h2>
        <p className="small soft">{t("daysOffSay")}</p>
      </div>
      {toCome.length === 0 ? <p>{t("noDaysOff")}</p> : null}
      <ul className="stack stack--tight">
        {toCome.map((spell) => (
          <li key={spell.firstDay} className="row row--wrap">
            <span className="grow">{words(spell)}</span>
            {mayChange ? (
              <SaveForm
                action={dropDaysOff}
                fields={{ clinicianId, firstDay: spell.firstDay }}
                look="btn--quiet btn--tiny"
                busy={t("removing")}
                label={
                  <>
                    {t("takeBack")}
                    <span className="vh"> {words(spell)}</span>
                  </>
                }
              />
            ) : null}
          </li>
        ))}
      </ul>
      {mayChange ? (
        <SaveForm
          action={saveDaysOff}
          fields={{ clinicianId }}
          name={t("addDaysOff")}
          look="btn--md"
          busy={t("saving")}
          label={t("saveDaysOff")}
          clears
          className="stack"
        >
          <div className="two">
            <Field id="firstDay" label={t("firstDay")} required>
              {(tied) => (
                <input {...tied} className="input" name="firstDay" type="date" min={today} required />
              )}
            </Field>
            <Field id="lastDayOff" label={t("lastDayOff")} hint={t("lastDayOffHint")}>
              {(tied) => <input {...tied} className="input" name="lastDay" type="date" min={today} />}
            </Field>
          </div>
        </SaveForm>
      ) : null}
    </section>
  );
}
