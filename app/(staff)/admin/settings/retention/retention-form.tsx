"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, startTransition, useActionState, useState } from "react";
import { Field } from "@/components/ui/field";
import {
  countedAtMost,
  floors,
  type RetentionKind,
  type RetentionRules,
  retentionKinds,
} from "@/lib/retention/retention";
import { Icon } from "../../../../icons";
import { type Kept, saveRetention } from "./actions";

/** In days. */
const offered = [1, 7, 30, 90, 180, 365, 730, 1_095, 2_190, 2_555];
const yearDays = 365;
const ofNoVisit: RetentionKind[] = ["rooms", "support"];

/** How long each kind is kept. What would go at once is told before it is saved, and wants a second press. */
export function RetentionForm({ rules: stored }: { rules: RetentionRules }) {
  const t = useTranslations("rules.retention");
  const [rules, setRules] = useState(stored);
  const [changed, setChanged] = useState(false);
  const [kept, submit, pending] = useActionState(saveRetention, { kind: "nothing" } as Kept);
  // What was counted was for other choices than these.
  const asks = kept.kind === "asks" && !changed ? kept.wouldGo : null;
  const wrong = kept.kind === "refused" ? kept.wrong : {};
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    const data = new FormData(event.currentTarget, submitter);
    setChanged(false);
    if (!pending) startTransition(() => submit(data));
  };
  const words = (days: number) =>
    days % yearDays === 0 ? t("years", { years: days / yearDays }) : t("days", { days });
  const choose = (kind: RetentionKind, typed: string) => {
    setRules({ ...rules, [kind]: typed === "" ? null : Number(typed) });
    setChanged(true);
  };
  return (
    <form className="card stack" onSubmit={send} aria-label={t("title")}>
      {retentionKinds.map((kind) => (
        <Field key={kind} id={kind} label={t(`kinds.${kind}`)} hint={t(`hints.${kind}`)} error={wrong[kind]}>
          {(tied) => (
            <span className="pick">
              <select
                {...tied}
                className="input"
                name={kind}
                value={rules[kind] ?? ""}
                onChange={(event) => choose(kind, event.target.value)}
              >
                <option value="">{t(ofNoVisit.includes(kind) ? "always" : "forever")}</option>
                {[...new Set([...offered, rules[kind] ?? yearDays])]
                  .filter((days) => days >= floors[kind])
                  .sort((one, other) => one - other)
                  .map((days) => (
                    <option key={days} value={days}>
                      {words(days)}
                    </option>
                  ))}
              </select>
              <Icon name="down" />
            </span>
          )}
        </Field>
      ))}
      <p className="small soft">{t("after")}</p>
      <div role="alert">
        {asks ? (
          <div className="banner banner--notice">
            <Icon name="warn" />
            <div className="stack stack--tight">
              <h2>{t("preview")}</h2>
              <ul>
                {retentionKinds.map((kind) => {
                  const count = asks[kind];
                  if (count === undefined) return null;
                  const many = count > countedAtMost;
                  return (
                    <li key={kind}>
                      {t("wouldGo", {
                        name: t(`kinds.${kind}`),
                        count: many ? t("many", { count: countedAtMost }) : String(count),
                      })}
                    </li>
                  );
                })}
              </ul>
              <p>{t("sure")}</p>
            </div>
          </div>
        ) : null}
        {wrong.form ? <p className="field__error">{wrong.form}</p> : null}
      </div>
      <div className="row row--wrap">
        {asks ? (
          <button
            type="submit"
            name="confirmed"
            value="yes"
            className="btn btn--md btn--danger"
            aria-disabled={pending}
          >
            {pending ? t("saving") : t("confirm")}
          </button>
        ) : (
          <button type="submit" className="btn btn--md" aria-disabled={pending}>
            {pending ? t("saving") : t("save")}
          </button>
        )}
        <p role="status" className="small">
          {kept.kind === "saved" && !changed ? kept.message : ""}
        </p>
      </div>
    </form>
  );
}
