"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { instantOf } from "@/lib/kernel/wall-time";
import { SeenBy } from "../../seen-by";
import { FreeTimes } from "./free-times";
import { Pick } from "./pick";
import type { Part } from "./values";

/** In minutes; another visit's own length is offered too. */
const lengths = (own: string) =>
  [...new Set([15, 20, 30, 45, 60, Number(own)])].sort((shorter, longer) => shorter - longer);

type Props = Part & {
  /** The reader's own zone, and whose zones are known beside it. */
  zone: string;
  people: {
    clinician: { clinicianId: string; timeZone: string } | undefined;
    patient: { timeZone: string } | undefined;
  };
  ownLength: string;
  /** BCP 47: how times are written. */
  tag: string;
};

/** When, in whose zone, and how each of the two will read it. */
export function WhenFields({ values, set, errors, zone, people, ownLength, tag }: Props) {
  const t = useTranslations("book");
  const { clinician, patient } = people;
  const at = instantOf(`${values.date}T${values.time}`, values.zone);
  const zones = [
    ...new Set([zone, ...[clinician, patient].flatMap((person) => (person ? [person.timeZone] : []))]),
  ];
  return (
    <>
      <div className="three">
        <Field id="date" label={t("day")} required>
          {(tied) => (
            <input
              {...tied}
              className="input num"
              name="date"
              type="date"
              required
              value={values.date}
              onChange={(event) => set("date")(event.target.value)}
            />
          )}
        </Field>
        <Field id="time" label={t("start")} error={errors.time} required>
          {(tied) => (
            <input
              {...tied}
              className="input num"
              name="time"
              type="time"
              required
              value={values.time}
              onChange={(event) => set("time")(event.target.value)}
            />
          )}
        </Field>
        <Field id="duration" label={t("length")} error={errors.duration}>
          {(tied) => (
            <Pick tied={tied} value={values.duration} onPick={set("duration")}>
              {lengths(ownLength).map((minutes) => (
                <option key={minutes} value={minutes}>
                  {t("minutes", { minutes })}
                </option>
              ))}
            </Pick>
          )}
        </Field>
      </div>
      <Field id="zone" label={t("zone")}>
        {(tied) => (
          <Pick tied={tied} value={values.zone} onPick={set("zone")}>
            {zones.map((one) => (
              <option key={one} value={one}>
                {one.replaceAll("_", " ")}
              </option>
            ))}
          </Pick>
        )}
      </Field>
      {clinician && values.date ? (
        <FreeTimes
          asked={{
            clinicianId: clinician.clinicianId,
            date: values.date,
            zone: values.zone,
            duration: values.duration,
          }}
          time={values.time}
          choose={(change) => ("time" in change ? set("time")(change.time) : set("date")(change.date))}
          tag={tag}
        />
      ) : null}
      {clinician && patient ? (
        <div className="zones" role="status">
          <SeenBy
            who={t("clinicianSees")}
            at={at}
            minutes={Number(values.duration)}
            zone={clinician.timeZone}
            tag={tag}
          />
          <SeenBy
            who={t("patientSees")}
            at={at}
            minutes={Number(values.duration)}
            zone={patient.timeZone}
            tag={tag}
          />
        </div>
      ) : null}
    </>
  );
}
