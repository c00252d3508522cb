"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Field } from "@/components/ui/field";
import { findForList } from "./visits/(all)/actions";

type Props = { label: string; hint: string; hrefOf: (patientId: string) => string };

/** Finds somebody by what was typed, which goes to the server in a body: no name ever stands in an address. */
export function PatientSearch({ label, hint, hrefOf }: Props) {
  const t = useTranslations("find.patient");
  const [found, find, finding] = useActionState(findForList, null);
  const said = finding
    ? t("looking")
    : found === null
      ? ""
      : found.tooMany
        ? t("tooMany")
        : t("count", { count: found.patients.length });
  return (
    <>
      <form action={find}>
        <Field id="q" label={label} hint={hint}>
          {(tied) => (
            <span className="row">
              <input
                {...tied}
                className="input"
                type="search"
                name="q"
                autoComplete="off"
                required
                maxLength={100}
              />
              <button type="submit" className="btn btn--quiet">
                {t("findNow")}
              </button>
            </span>
          )}
        </Field>
      </form>
      <p role="status" className="small soft">
        {said}
      </p>
      {found && found.patients.length > 0 && !finding ? (
        <ul className="finder__found">
          {found.patients.map((one) => (
            <li key={one.patientId}>
              <Link href={hrefOf(one.patientId)}>
                {one.lastName}, {one.firstName} · {one.state}
              </Link>{" "}
              <span className="small soft">{[one.phone, one.email].filter(Boolean).join(" · ")}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}
