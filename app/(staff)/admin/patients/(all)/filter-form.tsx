import { useTranslations } from "next-intl";
import { tiers } from "@/lib/kernel/tiers";
import { usStates } from "@/lib/kernel/us-states";
import { patientKinds } from "@/lib/patients/list-patients";
import { FilterCard, FilterPick } from "../../filter-card";
import type { Typed } from "./asked";

export function FilterForm({ typed }: { typed: Typed }) {
  const t = useTranslations("patients");
  const states = useTranslations("states");
  const choices = {
    state: { label: t("state"), any: t("anyState"), of: usStates.map((code) => [code, states(code)]) },
    kind: {
      label: t("kind"),
      any: t("kinds.all"),
      of: patientKinds.map((kind) => [kind, t(`kinds.${kind}`)]),
    },
    tier: { label: t("tier"), any: t("anyTier"), of: tiers.map((tier) => [tier, t(`tiers.${tier}`)]) },
  } as const;
  return (
    <FilterCard action="/admin/patients" label={t("filter")} typed={typed}>
      {(["state", "kind", "tier"] as const).map((name) => (
        <FilterPick key={name} id={name} label={choices[name].label} value={typed[name]}>
          <option value="">{choices[name].any}</option>
          {choices[name].of.map(([value, word]) => (
            <option key={value} value={value}>
              {word}
            </option>
          ))}
        </FilterPick>
      ))}
    </FilterCard>
  );
}
