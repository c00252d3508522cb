"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Field } from "@/components/ui/field";
import { tiers } from "@/lib/kernel/tiers";
import { isUsState } from "@/lib/kernel/us-states";
import { zoneOfState } from "@/lib/kernel/zone-of-state";
import type { PatientField } from "@/lib/patients/fields";
import { languageNames, locales } from "@/messages/locales";
import { Icon } from "../../../icons";
import { Needed } from "../needed";
import type { Values, Wrong } from "./values";

export type Choices = { states: readonly { code: string; name: string }[]; zones: readonly string[] };
type Props = Choices & {
  values: Values;
  set: (change: Partial<Values>) => void;
  wrong: Wrong;
  /** Said below a field beside its own hint: what stands on file. */
  notes?: Partial<Record<PatientField, ReactNode>>;
};

/** `newPatient` refuses a patient without these. */
const needed: ReadonlySet<PatientField> = new Set(["firstName", "lastName", "state", "timeZone"]);

/** All that the desk writes of a patient, as controlled fields: what was typed stays, whatever comes of it. */
export function PatientFields({ values, set, wrong, notes = {}, states, zones }: Props) {
  const t = useTranslations("patients");
  const field = (name: PatientField, hint?: string) => ({
    id: name,
    label: t(`fields.${name}`),
    hint: notes[name] ?? hint,
    error: wrong[name],
    required: needed.has(name),
  });
  const typed = (name: PatientField, kind: Record<string, unknown> = {}) => ({
    className: "input",
    name,
    autoComplete: "off",
    value: values[name],
    onChange: (event: { target: { value: string } }) => set({ [name]: event.target.value }),
    ...kind,
  });
  const options = (name: "locale" | "tier", known: readonly [string, string][]) =>
    known.some(([value]) => value === values[name]) ? known : [...known, [values[name], values[name]]];
  const choose = (name: "state" | "timeZone" | "locale" | "tier", of: readonly (readonly string[])[]) => (
    <Field {...field(name, name === "timeZone" ? t("fields.timeZoneHint") : undefined)}>
      {(tied) => (
        <span className="pick">
          <select
            {...tied}
            className="input"
            name={name}
            value={values[name]}
            onChange={({ target: { value } }) =>
              // Whoever chose no zone yet, or only the one that was guessed, has the state's.
              set(name === "state" ? { state: value, ...zoneFor(value, values) } : { [name]: value })
            }
          >
            {of.map(([value = "", word]) => (
              <option key={value} value={value}>
                {word}
              </option>
            ))}
          </select>
          <Icon name="down" />
        </span>
      )}
    </Field>
  );
  return (
    <>
      <Needed />
      <div className="two">
        <Field {...field("firstName")}>{(tied) => <input {...tied} {...typed("firstName")} />}</Field>
        <Field {...field("lastName")}>{(tied) => <input {...tied} {...typed("lastName")} />}</Field>
      </div>
      <div className="two">
        <Field {...field("phone", t("fields.phoneHint"))}>
          {(tied) => <input {...tied} {...typed("phone", { type: "tel", maxLength: 30, dir: "ltr" })} />}
        </Field>
        <Field {...field("email")}>
          {(tied) => <input {...tied} {...typed("email", { inputMode: "email", maxLength: 254 })} />}
        </Field>
      </div>
      <div className="two">
        {choose("state", [["", t("fields.choose")], ...states.map(({ code, name }) => [code, name])])}
        {choose("timeZone", [
          ["", t("fields.choose")],
          ...zones.map((zone) => [zone, zone.replaceAll("_", " ")]),
        ])}
      </div>
      <div className="two">
        {choose(
          "locale",
          options(
            "locale",
            locales.map((locale) => [locale, languageNames[locale]]),
          ),
        )}
        {choose(
          "tier",
          options(
            "tier",
            tiers.map((tier) => [tier, t(`tiers.${tier}`)]),
          ),
        )}
      </div>
      <div className="two">
        <Field {...field("externalId", t("fields.externalIdHint"))}>
          {(tied) => <input {...tied} {...typed("externalId", { maxLength: 40 })} />}
        </Field>
        <Field {...field("accountNumber", t("fields.accountNumberHint"))}>
          {(tied) => <input {...tied} {...typed("accountNumber", { maxLength: 40 })} />}
        </Field>
      </div>
    </>
  );
}

function zoneFor(state: string, { state: before, timeZone }: Values): Partial<Values> {
  const guessed = isUsState(before) ? zoneOfState(before) : "";
  return isUsState(state) && timeZone === guessed ? { timeZone: zoneOfState(state) } : {};
}
