"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Field } from "@/components/ui/field";
import { findForList } from "./actions";
import { type Typed, visitsHref } from "./visits-href";

type Props = { typed: Typed; chosen: string | null };

/** Whose visits to show. What is typed goes to the server in a body, and only the chosen one's id into the address. */
export function PatientFinder({ typed, chosen }: Props) {
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
    <section className="card finder" aria-label={t("title")}>
      {chosen ? (
        <p className="row">
          <span className="grow">{t.rich("chosen", { name: chosen, b: (part) => <b>{part}</b> })}</span>
          <Link className="btn btn--quiet" href={visitsHref(typed, { patient: "" })}>
            {t("everybody")}
          </Link>
        </p>
      ) : (
        <>
          <form action={find}>
            <Field id="q" label={t("find")} hint={t("hint")}>
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
                  <Link href={visitsHref(typed, { patient: one.patientId, from: "" })}>
                    {one.lastName}, {one.firstName} · {one.state}
                  </Link>{" "}
                  <span className="small soft">{[one.phone, one.email].filter(Boolean).join(" · ")}</span>
                </li>
              ))}
            </ul>
          ) : null}
        </>
      )}
    </section>
  );
}
