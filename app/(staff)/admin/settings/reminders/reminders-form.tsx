"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, startTransition, useActionState, useState } from "react";
import { Field } from "@/components/ui/field";
import { clockTime, shortDay } from "@/lib/kernel/times";
import { instantOf } from "@/lib/kernel/wall-time";
import type { QuietHours } from "@/lib/notifications/quiet-hours";
import { type ReminderRules, reminderMoment, reminderSchedules } from "@/lib/notifications/reminder-moment";
import { Icon } from "../../../../icons";
import { Outcome, type Saved } from "../../outcome";
import { saveReminders } from "./actions";

type Props = {
  rules: ReminderRules;
  quiet: QuietHours;
  /** A day to show what comes of it, `YYYY-MM-DD`, in the reader's zone. */
  day: string;
  zone: string;
  tag: string;
};

const hoursOffered = [1, 2, 3, 4, 6, 8, 12];
/** Visits that are shown as they would be reminded of: in the morning's quiet, at noon, in the evening. */
const examples = ["08:30", "13:00", "18:30"];

/** When patients are reminded, and what that means for three visits, before it is saved. */
export function RemindersForm({ rules: stored, quiet, day, zone, tag }: Props) {
  const t = useTranslations("rules.reminders");
  const [rules, setRules] = useState(stored);
  const [saved, submit, pending] = useActionState(saveReminders, { kind: "nothing" } as Saved);
  const wrong = (path: string) =>
    saved.kind === "refused" ? saved.errors.find((one) => one.path === path)?.message : undefined;
  const setDay = (change: Partial<ReminderRules["day"]>) =>
    setRules({ ...rules, day: { ...rules.day, ...change } });
  const setHours = (change: Partial<ReminderRules["hours"]>) =>
    setRules({ ...rules, hours: { ...rules.hours, ...change } });
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    if (!pending) startTransition(() => submit(data));
  };
  return (
    <form className="card stack" onSubmit={send} aria-label={t("title")}>
      <fieldset className="stack stack--tight rule">
        <legend className="vh">{t("day")}</legend>
        <label className="check">
          <input
            type="checkbox"
            name="day"
            checked={rules.day.on}
            onChange={(event) => setDay({ on: event.target.checked })}
          />
          <b>{t("day")}</b>
        </label>
        <div className="two">
          <Field id="when" label={t("when")}>
            {(tied) => (
              <span className="pick">
                <select
                  {...tied}
                  className="input"
                  name="when"
                  value={rules.day.at === null ? "own" : "fixed"}
                  onChange={(event) => setDay({ at: event.target.value === "own" ? null : "10:00" })}
                >
                  <option value="own">{t("own")}</option>
                  <option value="fixed">{t("fixed")}</option>
                </select>
                <Icon name="down" />
              </span>
            )}
          </Field>
          {rules.day.at === null ? null : (
            <Field id="at" label={t("at")} hint={t("atHint")} error={wrong("at")}>
              {(tied) => (
                <input
                  {...tied}
                  className="input num"
                  type="time"
                  name="at"
                  value={rules.day.at ?? ""}
                  onChange={(event) => setDay({ at: event.target.value })}
                />
              )}
            </Field>
          )}
        </div>
      </fieldset>
      <fieldset className="stack stack--tight rule">
        <legend className="vh">{t("hours")}</legend>
        <label className="check">
          <input
            type="checkbox"
            name="hours"
            checked={rules.hours.on}
            onChange={(event) => setHours({ on: event.target.checked })}
          />
          <b>{t("hours")}</b>
        </label>
        <div className="two">
          <Field id="before" label={t("before")} error={wrong("before")}>
            {(tied) => (
              <span className="pick">
                <select
                  {...tied}
                  className="input"
                  name="before"
                  value={rules.hours.before}
                  onChange={(event) => setHours({ before: Number(event.target.value) })}
                >
                  {[...new Set([...hoursOffered, rules.hours.before])]
                    .sort((one, other) => one - other)
                    .map((hours) => (
                      <option key={hours} value={hours}>
                        {t("hoursBefore", { hours })}
                      </option>
                    ))}
                </select>
                <Icon name="down" />
              </span>
            )}
          </Field>
        </div>
      </fieldset>
      <div className="zones" role="status">
        {examples.map((time) => {
          const start = instantOf(`${day}T${time}`, zone);
          const moments = start
            ? reminderSchedules.flatMap((schedule) => {
                const at = reminderMoment(schedule, start, zone, quiet, rules);
                return at ? [`${shortDay(at, zone, tag)}, ${clockTime(at, zone, tag)}`] : [];
              })
            : [];
          return (
            <div key={time}>
              <span className="hint small">
                {start
                  ? t("example", { when: `${shortDay(start, zone, tag)}, ${clockTime(start, zone, tag)}` })
                  : null}
              </span>
              {moments.length > 0 ? (
                moments.map((moment) => <b key={moment}>{moment}</b>)
              ) : (
                <b>{t("never")}</b>
              )}
            </div>
          );
        })}
      </div>
      {!rules.day.on && !rules.hours.on ? (
        <p className="banner banner--notice">
          <Icon name="warn" />
          <span>{t("allOff")}</span>
        </p>
      ) : null}
      <div className="row row--wrap">
        <button type="submit" className="btn btn--md" aria-disabled={pending}>
          {pending ? t("saving") : t("save")}
        </button>
        <Outcome saved={saved} />
      </div>
    </form>
  );
}
