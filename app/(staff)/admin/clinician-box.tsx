"use client";

import { useTranslations } from "next-intl";
import type { Tied } from "@/components/ui/field";
import type { ClinicianEntry } from "@/lib/clinicians/list-clinicians";
import { fullName } from "@/lib/kernel/full-name";
import { Combobox } from "./combobox/combobox";
import { fitting } from "./combobox/fitting";

type Props = {
  tied: Tied;
  name: string;
  clinicians: readonly ClinicianEntry[];
  /** The chosen one's id; "": nobody. */
  value: string;
  choose: (clinicianId: string) => void;
  /** Where the patient lives: who is licensed there comes first. */
  state: string | null;
};

/** One clinician of the book, found by a name or by a state that they are licensed in. */
export function ClinicianBox({ tied, name, clinicians, value, choose, state }: Props) {
  const t = useTranslations("book");
  const optionOf = (one: ClinicianEntry) => ({
    value: one.clinicianId,
    label: fullName(one),
    detail:
      state && !one.states.includes(state)
        ? t("notLicensedIn", { state })
        : one.states.join(", ") || t("noLicense"),
  });
  const may = (one: ClinicianEntry) => Number(state !== null && one.states.includes(state));
  const options = clinicians.toSorted((one, other) => may(other) - may(one)).map(optionOf);
  const chosen = clinicians.find(({ clinicianId }) => clinicianId === value);
  return (
    <Combobox
      tied={tied}
      name={name}
      list={t("clinicians")}
      placeholder={t("typeOrChoose")}
      chosen={chosen ? optionOf(chosen) : null}
      choose={(option) => choose(option?.value ?? "")}
      first={{ options, more: false }}
      find={async (typed) => ({ options: fitting(options, typed), more: false })}
      restMs={0}
    />
  );
}
