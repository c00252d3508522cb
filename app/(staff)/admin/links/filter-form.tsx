import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { linkStatuses } from "@/lib/visits/list-links";
import type { WrongDays } from "../asked-days";
import { FilterCard, FilterPick } from "../filter-card";

/** What the address asks for, as typed; "" for anything. */
export type Typed = {
  state: string;
  from: string;
  to: string;
  /** An id. */
  patient: string;
};
type Props = { typed: Typed; wrong: WrongDays };

export function FilterForm({ typed, wrong }: Props) {
  const t = useTranslations("links");
  const find = useTranslations("find");
  return (
    <FilterCard action="/admin/links" label={t("filter")} typed={typed} wrong={Object.keys(wrong).length > 0}>
      <FilterPick id="state" label={t("state")} value={typed.state}>
        <option value="">{t("anyState")}</option>
        {linkStatuses.map((status) => (
          <option key={status} value={status}>
            {t(`states.${status}`)}
          </option>
        ))}
      </FilterPick>
      <Field id="from" label={t("from")} error={wrong.from ? find(wrong.from) : undefined}>
        {(tied) => <input {...tied} className="input" type="date" name="from" defaultValue={typed.from} />}
      </Field>
      <Field id="to" label={t("to")} error={wrong.to ? find(wrong.to) : undefined}>
        {(tied) => <input {...tied} className="input" type="date" name="to" defaultValue={typed.to} />}
      </Field>
      {typed.patient ? <input type="hidden" name="patient" value={typed.patient} /> : null}
    </FilterCard>
  );
}
