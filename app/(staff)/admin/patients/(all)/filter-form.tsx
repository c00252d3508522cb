import Link from "next/link";
import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { tiers } from "@/lib/kernel/tiers";
import { usStates } from "@/lib/kernel/us-states";
import { patientKinds } from "@/lib/visits/list-people";
import { Icon } from "../../../../icons";
import { FilterCard } from "../../filter-card";
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
        <Field key={name} id={name} label={choices[name].label}>
          {(tied) => (
            <span className="pick">
              <select {...tied} className="input" name={name} defaultValue={typed[name]}>
                <option value="">{choices[name].any}</option>
                {choices[name].of.map(([value, word]) => (
                  <option key={value} value={value}>
                    {word}
                  </option>
                ))}
              </select>
              <Icon name="down" />
            </span>
          )}
        </Field>
      ))}
      <div className="row filters__do">
        <button type="submit" className="btn btn--md">
          {t("apply")}
        </button>
        <Link className="btn btn--quiet" href="/admin/patients">
          {t("clear")}
        </Link>
      </div>
    </FilterCard>
  );
}
