"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { askedHref } from "./asked-href";
import { PatientSearch } from "./patient-search";

type Props = {
  /** What is listed, and where. */
  of: "visits" | "links";
  page: string;
  /** What the address asks for beside. */
  typed: Readonly<Record<string, string>>;
  /** The name of who is asked for; null: everybody. */
  chosen: string | null;
};

/** Whose to show: only the chosen one's id goes into the address. */
export function PatientFinder({ of, page, typed, chosen }: Props) {
  const t = useTranslations("find.patient");
  return (
    <section className="card finder" aria-label={t("title")}>
      {chosen ? (
        <p className="row">
          <span className="grow">
            {t.rich(`of.${of}.chosen`, { name: chosen, b: (part) => <b>{part}</b> })}
          </span>
          <Link className="btn btn--quiet" href={askedHref(page, typed, { patient: "" })}>
            {t(`of.${of}.everybody`)}
          </Link>
        </p>
      ) : (
        <PatientSearch
          label={t(`of.${of}.find`)}
          hint={t("hint")}
          hrefOf={(patient) => askedHref(page, typed, { patient, from: "" })}
        />
      )}
    </section>
  );
}
