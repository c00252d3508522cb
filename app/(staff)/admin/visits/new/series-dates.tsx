"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { listedTime } from "@/lib/kernel/times";
import { Icon } from "../../../../icons";
import type { WeighedWords } from "../../weigh-words";
import { Said } from "../../weighed";
import type { Changes, SeriesDate } from "./values";

type Props = {
  dates: SeriesDate[];
  /** Of those that are not left out, in their order; null while it is being asked. */
  weighed: WeighedWords[] | null;
  /** There is somebody to ask about. */
  asking: boolean;
  changes: Changes;
  change: (changes: Changes) => void;
  error?: string;
  /** BCP 47: how days are written. */
  tag: string;
};

/** Every date of a series with what stands against it: each can be left out, or moved, before anything is booked. */
export function SeriesDates({ dates, weighed, asking, changes, change, error, tag }: Props) {
  const t = useTranslations("book.dates");
  const kept = dates.filter(({ out }) => !out);
  const wordsOf = (date: SeriesDate) => (date.out ? null : (weighed?.[kept.indexOf(date)] ?? null));
  const bad = dates.filter((date) => (wordsOf(date)?.refusals.length ?? 0) > 0);
  const put = (date: SeriesDate, to: Partial<{ out: boolean; wall: string }>) =>
    change({ ...changes, [date.rule]: { out: date.out, wall: date.wall, ...to } });
  const leaveOut = () =>
    change({
      ...changes,
      ...Object.fromEntries(bad.map(({ rule, wall }) => [rule, { out: true, wall }])),
    });
  return (
    <fieldset className="stack stack--tight dates" aria-describedby={error ? "dates-error" : undefined}>
      <legend>{t("title", { count: kept.length })}</legend>
      {error ? (
        <p id="dates-error" className="field__error" role="alert">
          <Icon name="warn" />
          <span>{error}</span>
        </p>
      ) : null}
      <p role="status" className="small soft">
        {bad.length > 0
          ? t("bad", { count: bad.length })
          : t(weighed ? "good" : asking ? "looking" : "whoFirst")}
      </p>
      <ol>
        {dates.map((date, index) => (
          <DateRow
            key={date.rule}
            date={date}
            number={index + 1}
            words={wordsOf(date)}
            put={(to) => put(date, to)}
            tag={tag}
          />
        ))}
      </ol>
      {bad.length > 0 ? (
        <div>
          <button type="button" className="btn btn--quiet" onClick={leaveOut}>
            {t("leaveOutBad", { count: bad.length })}
          </button>
        </div>
      ) : null}
    </fieldset>
  );
}

type RowProps = {
  date: SeriesDate;
  number: number;
  words: WeighedWords | null;
  put: (to: Partial<{ out: boolean; wall: string }>) => void;
  tag: string;
};

function DateRow({ date, number, words, put, tag }: RowProps) {
  const t = useTranslations("book.dates");
  const [moving, setMoving] = useState(false);
  const [day = "", time = ""] = date.wall.split("T");
  const said = wallWords(date.wall, tag);
  const state = date.out ? "out" : words && words.refusals.length > 0 ? "bad" : words ? "good" : "asked";
  const id = `date-${number}`;
  return (
    <li className={`date date--${state}`}>
      <div className="row row--wrap">
        <label className="grow date__keep">
          <input type="checkbox" checked={!date.out} onChange={() => put({ out: !date.out })} />
          <b className="num">{said}</b>
          {date.wall === date.rule ? null : <span className="small soft">{t("moved")}</span>}
        </label>
        <span className="small">
          {state === "good" && words?.warnings.length === 0 ? (
            <>
              <Icon name="good" /> {t("free")}
            </>
          ) : null}
          {state === "out" ? t("out") : null}
        </span>
        {date.out ? null : (
          <button
            type="button"
            className="btn btn--quiet btn--tiny"
            aria-expanded={moving}
            onClick={() => setMoving(!moving)}
          >
            {moving ? t("done") : t("move")}
            <span className="vh"> {said}</span>
          </button>
        )}
      </div>
      {moving && !date.out ? (
        <div className="two">
          <Field id={`${id}-day`} label={t("day")}>
            {(tied) => (
              <input
                {...tied}
                className="input num"
                type="date"
                value={day}
                onChange={(event) => put({ wall: `${event.target.value}T${time}` })}
              />
            )}
          </Field>
          <Field id={`${id}-time`} label={t("start")}>
            {(tied) => (
              <input
                {...tied}
                className="input num"
                type="time"
                value={time}
                onChange={(event) => put({ wall: `${day}T${event.target.value}` })}
              />
            )}
          </Field>
        </div>
      ) : null}
      {words && words.refusals.length > 0 ? (
        <div className="small date__said date__said--bad">
          <Icon name="warn" />
          <Said list={words.refusals} />
        </div>
      ) : null}
      {words && words.warnings.length > 0 ? (
        <div className="small date__said date__said--thought">
          <Icon name="warn" />
          <Said list={words.warnings} />
        </div>
      ) : null}
    </li>
  );
}

/** As it was typed: a wall time has no zone. */
function wallWords(wall: string, tag: string): string {
  const at = new Date(`${wall}:00Z`);
  return Number.isNaN(at.getTime()) ? "—" : listedTime(at, "UTC", tag);
}
