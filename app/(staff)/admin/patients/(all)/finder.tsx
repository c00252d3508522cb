"use client";

import { useTranslations } from "next-intl";
import { PatientSearch } from "../../patient-search";

/** One patient by name, whatever the list below is filtered by. */
export function Finder() {
  const t = useTranslations("patients.find");
  return (
    <section className="card finder" aria-label={t("title")}>
      <PatientSearch
        label={t("label")}
        hint={t("hint")}
        hrefOf={(patientId) => `/admin/patients/${patientId}`}
      />
    </section>
  );
}
