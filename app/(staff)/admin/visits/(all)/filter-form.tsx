import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import type { ClinicianEntry } from "@/lib/clinicians/list-clinicians";
import { fullName } from "@/lib/kernel/full-name";
import { visitStatuses } from "@/lib/visits/status";
import type { WrongDays } from "../../asked-days";
import { FilterCard, FilterPick } from "../../filter-card";
import { periods } from "../../periods";
import { columnsOf, visitColumns } from "../../visit-columns";
import type { Typed } from "./visits-href";

type Props = { typed: Typed; wrong: WrongDays; clinicians: ClinicianEntry[] };

export function FilterForm({ typed, wrong, clinicians }: Props) {
  const t = useTranslations("find");
  return (
    <FilterCard
      action="/admin/visits"
      label={t("filter")}
      typed={typed}
      wrong={Object.keys(wrong).length > 0}
    >
      <FilterPick id="period" label={t("period")} value={typed.period}>
        <option value="">{t("periods.days")}</option>
        {periods.map((period) => (
          <option key={period} value={period}>
            {t(`periods.${period}`)}
          </option>
        ))}
      </FilterPick>
      <Field id="from" label={t("from")} error={wrong.from ? t(wrong.from) : undefined}>
        {(tied) => <input {...tied} className="input" type="date" name="from" defaultValue={typed.from} />}
      </Field>
      <Field id="to" label={t("to")} error={wrong.to ? t(wrong.to) : undefined}>
        {(tied) => <input {...tied} className="input" type="date" name="to" defaultValue={typed.to} />}
      </Field>
      <FilterPick id="state" label={t("state")} value={typed.state}>
        <option value="">{t("anyState")}</option>
        {visitStatuses.map((status) => (
          <option key={status} value={status}>
            {t(`states.${status}`)}
          </option>
        ))}
      </FilterPick>
      <FilterPick id="clinician" label={t("clinician")} value={typed.clinician}>
        <option value="">{t("anyClinician")}</option>
        {clinicians.map((one) => (
          <option key={one.clinicianId} value={one.clinicianId}>
            {fullName(one)}
          </option>
        ))}
      </FilterPick>
      <FilterPick id="order" label={t("order")} value={typed.order}>
        <option value="">{t("earliest")}</option>
        <option value="desc">{t("latest")}</option>
      </FilterPick>
      <details className="filters__columns" open={typed.columns !== ""}>
        <summary>{t("columns.title")}</summary>
        <input type="hidden" name="pick" value="columns" />
        <div className="row row--wrap">
          {visitColumns.map((column) => (
            <label key={column} className="check">
              <input
                type="checkbox"
                name="column"
                value={column}
                defaultChecked={columnsOf(typed.columns).includes(column)}
              />
              {t(`columns.${column}`)}
            </label>
          ))}
        </div>
      </details>
      {typed.patient ? <input type="hidden" name="patient" value={typed.patient} /> : null}
    </FilterCard>
  );
}
