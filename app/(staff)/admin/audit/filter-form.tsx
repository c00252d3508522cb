import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { auditEvents } from "@/lib/audit/events";
import type { Colleague } from "@/lib/audit/list-audit";
import { useEventWords, useRoleWords } from "../event-words";
import { FilterCard, FilterPick } from "../filter-card";
import type { Typed, Wrong } from "./asked";

type Props = { typed: Typed; wrong: Wrong; colleagues: Colleague[]; tag: string };

export function FilterForm({ typed, wrong, colleagues, tag }: Props) {
  const t = useTranslations("audit.filter");
  const words = useEventWords("audit");
  const roleWords = useRoleWords();
  const events = auditEvents
    .map((event) => ({ event, text: words({ event, metadata: {} }) }))
    .sort((a, b) => a.text.localeCompare(b.text, tag));
  const said = (problem: keyof Wrong) => (wrong[problem] ? t(wrong[problem]) : undefined);
  return (
    <FilterCard action="/admin/audit" label={t("title")} typed={typed} wrong={Object.keys(wrong).length > 0}>
      <FilterPick id="event" label={t("event")} value={typed.event}>
        <option value="">{t("anyEvent")}</option>
        {events.map(({ event, text }) => (
          <option key={event} value={event}>
            {text}
          </option>
        ))}
      </FilterPick>
      <FilterPick id="person" label={t("person")} value={typed.person}>
        <option value="">{t("anybody")}</option>
        {colleagues.map(({ id, name, role }) => (
          <option key={id} value={id}>
            {`${name} · ${roleWords(role.toUpperCase())}`}
          </option>
        ))}
        {typed.person && !colleagues.some(({ id }) => id === typed.person) ? (
          <option value={typed.person}>{typed.person}</option>
        ) : null}
      </FilterPick>
      <Field id="from" label={t("from")} error={said("from")}>
        {(tied) => <input {...tied} className="input" type="date" name="from" defaultValue={typed.from} />}
      </Field>
      <Field id="to" label={t("to")} error={said("to")}>
        {(tied) => <input {...tied} className="input" type="date" name="to" defaultValue={typed.to} />}
      </Field>
      <Field id="visit" label={t("visit")} hint={t("visitHint")} error={said("visit")}>
        {(tied) => (
          <input
            {...tied}
            className="input"
            name="visit"
            defaultValue={typed.visit}
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </Field>
    </FilterCard>
  );
}
