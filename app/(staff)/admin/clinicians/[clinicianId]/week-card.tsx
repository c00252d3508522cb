import { useTranslations } from "next-intl";
import type { ClinicianRecord } from "@/lib/clinicians/roster";
import { SaveForm } from "../../save-form";
import { fieldTime, hoursWords, weekdayName } from "../week-words";
import { saveWeek } from "./actions";
import { spellFields, weekdays } from "./week-fields";

type Props = { clinician: ClinicianRecord; mayChange: boolean; tag: string };

/** The hours of each weekday, in two spells at most, by the clinician's own clock. */
export function WeekCard({ clinician, mayChange, tag }: Props) {
  const t = useTranslations("clinicians");
  const { clinicianId, hours, timeZone } = clinician;
  const ofDay = (weekday: number) => hours.filter((one) => one.weekday === weekday);
  return (
    <section className="card stack" aria-labelledby="week-head">
      <div>
        <h2 id="week-head">{t("hours")}</h2>
        <p className="small soft">{t("hoursSay", { zone: timeZone.replaceAll("_", " ") })}</p>
      </div>
      {mayChange ? (
        <SaveForm
          action={saveWeek}
          fields={{ clinicianId }}
          name={t("hours")}
          look="btn--md"
          busy={t("saving")}
          label={t("saveHours")}
          className="week"
        >
          {weekdays.map((weekday) => (
            <fieldset key={weekday}>
              <legend>
                <b>{weekdayName(weekday, tag)}</b>
              </legend>
              {spellFields(weekday).map(({ from, to }, index) => {
                const spell = ofDay(weekday)[index];
                return (
                  <div key={from} className="spell">
                    <input
                      className="input num"
                      type="time"
                      name={from}
                      aria-label={t("from", { spell: index + 1 })}
                      defaultValue={spell ? fieldTime(spell.fromMinute) : ""}
                    />
                    <span aria-hidden="true">–</span>
                    <input
                      className="input num"
                      type="time"
                      name={to}
                      aria-label={t("until", { spell: index + 1 })}
                      defaultValue={spell ? fieldTime(spell.toMinute) : ""}
                    />
                  </div>
                );
              })}
            </fieldset>
          ))}
        </SaveForm>
      ) : (
        <dl className="kv">
          {weekdays.map((weekday) => (
            <div key={weekday} className="row">
              <dt>{weekdayName(weekday, tag)}</dt>
              <dd>{hoursWords(ofDay(weekday), tag) || "—"}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
