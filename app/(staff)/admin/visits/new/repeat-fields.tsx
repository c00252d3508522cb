"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { repeatRules, seriesLeast, seriesMost } from "@/lib/kernel/recurrence";
import { useRuleWords } from "../../rule-words";
import { Pick } from "./pick";
import type { Part } from "./values";

/** Whether the visit repeats, how, and until when. */
export function RepeatFields({ values, set, errors, tag }: Part & { tag: string }) {
  const t = useTranslations("book");
  const ruleWords = useRuleWords(tag);
  const repeats = values.repeats !== "never";
  return (
    <div className="three">
      <Field id="repeats" label={t("repeats")}>
        {(tied) => (
          <Pick tied={tied} value={values.repeats} onPick={set("repeats")}>
            <option value="never">{t("never")}</option>
            {repeatRules.map((rule) => (
              <option key={rule} value={rule}>
                {ruleWords(rule, values.date)}
              </option>
            ))}
          </Pick>
        )}
      </Field>
      {repeats ? (
        <Field id="ends" label={t("ends")}>
          {(tied) => (
            <Pick tied={tied} value={values.ends} onPick={set("ends")}>
              <option value="after">{t("endsAfter")}</option>
              <option value="on">{t("endsOn")}</option>
            </Pick>
          )}
        </Field>
      ) : null}
      {repeats && values.ends === "after" ? (
        <Field id="count" label={t("count")} error={errors.count}>
          {(tied) => (
            <input
              {...tied}
              className="input num"
              type="number"
              inputMode="numeric"
              min={seriesLeast}
              max={seriesMost}
              value={values.count}
              onChange={(event) => set("count")(event.target.value)}
            />
          )}
        </Field>
      ) : null}
      {repeats && values.ends === "on" ? (
        <Field id="until" label={t("until")} hint={t("untilHint")} error={errors.count}>
          {(tied) => (
            <input
              {...tied}
              className="input num"
              type="date"
              min={values.date}
              value={values.until}
              onChange={(event) => set("until")(event.target.value)}
            />
          )}
        </Field>
      ) : null}
    </div>
  );
}
