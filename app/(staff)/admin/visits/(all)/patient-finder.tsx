"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { PatientSearch } from "../../patient-search";
import { type Typed, visitsHref } from "./visits-href";

type Props = { typed: Typed; chosen: string | null };

/** Whose visits to show: only the chosen one's id goes into the address. */
export function PatientFinder({ typed, chosen }: Props) {
  const t = useTranslations("find.patient");
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
        <PatientSearch
          label={t("find")}
          hint={t("hint")}
          hrefOf={(patient) => visitsHref(typed, { patient, from: "" })}
        />
      )}
    </section>
  );
}
