"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { clockTime } from "@/lib/kernel/times";
import { wallTime } from "@/lib/kernel/wall-time";
import type { ScheduledEntry } from "@/lib/visits/read-schedule";
import { minuteWords } from "../clinicians/week-words";
import { RepeatMark } from "../repeat-mark";
import { type Asked, movedHref } from "./asked";
import { dayOf, minuteOfDay, type Placed, placeClasses, rowMinutes } from "./lay-out";
import { MoveDialog, type Target } from "./move-dialog";
import { useDrag } from "./use-drag";
import { useNow } from "./use-now";

/** `clinicianId`: whose column it is; null where columns are days. */
export type Column = {
  key: string;
  label: string;
  day: string;
  clinicianId: string | null;
  today: boolean;
  placed: Placed[];
};
type Props = {
  label: string;
  columns: Column[];
  days: { day: string; label: string }[];
  hours: { fromHour: number; toHour: number };
  zone: string;
  tag: string;
  clinicians: { id: string; name: string }[];
  /** A visit that the address asks to move. */
  moving: ScheduledEntry | null;
  /** The visit that the address is about: it is shown where it stands. */
  marked: string;
  asked: Asked;
  /** The server's time, ISO 8601. */
  served: string;
};
const rowsPerHour = 60 / rowMinutes;
/** A block of fewer minutes holds one line of words. */
const twoLines = 28;

/** The book as a grid where there is room, as a list on a phone; a visit is moved by dragging it, or by its button. */
export function Planner({
  label,
  columns,
  days,
  hours,
  zone,
  tag,
  clinicians,
  moving,
  marked,
  asked,
  served,
}: Props) {
  const t = useTranslations("schedule");
  const [target, setTarget] = useState<Target | null>(moving && { entry: moving });
  const router = useRouter();
  const shownHours = Array.from(
    { length: hours.toHour - hours.fromHour },
    (_, index) => hours.fromHour + index,
  );
  const rows = (hours.toHour - hours.fromHour) * rowsPerHour;
  const { drag, grid, hold } = useDrag({
    rows,
    drop: (entry, { column, row }) => {
      const to = columns[column];
      if (!to) return;
      const minute = hours.fromHour * 60 + row * rowMinutes;
      setTarget({ entry, day: to.day, minute, clinicianId: to.clinicianId ?? entry.clinicianId });
    },
  });
  const mayMove = ({ status }: ScheduledEntry) => status === "SCHEDULED";
  const ask = (entry: ScheduledEntry) => setTarget({ entry });
  const now = wallTime(useNow(served), zone);
  const nowMinute = minuteOfDay(now) - hours.fromHour * 60;
  const isNow = (day: string) => day === now.slice(0, 10) && nowMinute >= 0 && nowMinute < rows * rowMinutes;
  useEffect(() => {
    const box = grid.current?.parentElement;
    if (marked) grid.current?.querySelector(".slot--marked")?.scrollIntoView({ block: "nearest" });
    else if (box) box.scrollTop = beginAt(box);
  }, [marked, grid]);
  const look = ({ status }: ScheduledEntry) =>
    status === "SCHEDULED" ? "slot--may" : status === "ACTIVE" ? "slot--live" : "slot--over";
  const mark = ({ visitId }: ScheduledEntry) => (visitId === marked ? " slot--marked" : "");
  const clock = ({ scheduledAt }: ScheduledEntry) => clockTime(new Date(scheduledAt), zone, tag);
  const entries = columns.flatMap(({ placed }) => placed.map(({ entry }) => entry));
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <section className={drag ? "plan plan--dragging" : "plan"} aria-label={label} tabIndex={0}>
        <div className="plan__cols" ref={grid}>
          <div className="plan__col" aria-hidden="true">
            <div className="plan__head" />
            <div className={`plan__rows t${shownHours.length}`}>
              {shownHours.map((hour) => (
                <span key={hour} className={`plan__hour h${hour - hours.fromHour}`}>
                  {minuteWords(hour * 60, tag)}
                </span>
              ))}
            </div>
          </div>
          {columns.map((column, index) => (
            <section
              key={column.key}
              className={`plan__col n${Math.max(1, ...column.placed.map(({ lanes }) => lanes))}`}
              data-column={index}
              aria-label={column.label}
            >
              <div className={column.today ? "plan__head plan__head--today" : "plan__head"}>
                {column.label}
              </div>
              <div className={`plan__rows t${shownHours.length}`}>
                {column.placed.map(({ entry, minute, minutes, lane, lanes }) => (
                  <div
                    key={entry.visitId}
                    className={`slot ${look(entry)} ${placeClasses(minute, minutes)} w${lanes} l${lane}${drag?.entry.visitId === entry.visitId ? " slot--held" : ""}${mark(entry)}`}
                    onPointerDown={mayMove(entry) ? (event) => hold(event, entry) : undefined}
                  >
                    <Link
                      href={`/admin/visits/${entry.visitId}`}
                      draggable={false}
                      aria-current={entry.visitId === marked || undefined}
                    >
                      <b>{clock(entry)}</b> {entry.repeats ? <RepeatMark /> : null} {entry.patient}
                      {minutes < twoLines ? null : (
                        <>
                          <br />
                          {column.clinicianId ? t(`is.${entry.status}`) : entry.clinician} ·{" "}
                          {t("minutes", { minutes: entry.durationMinutes })}
                        </>
                      )}
                    </Link>
                    {mayMove(entry) ? <MoveButton entry={entry} at={clock(entry)} ask={ask} /> : null}
                  </div>
                ))}
                {isNow(column.day) ? (
                  <div className={`plan__now ${placeClasses(nowMinute, 0)}`} aria-hidden="true" />
                ) : null}
                {drag?.over.column === index ? (
                  <div
                    className={`plan__drop ${placeClasses(drag.over.row * rowMinutes, drag.entry.durationMinutes)}`}
                  >
                    {minuteWords(hours.fromHour * 60 + drag.over.row * rowMinutes, tag)}
                  </div>
                ) : null}
              </div>
            </section>
          ))}
        </div>
      </section>
      <div className="planlist">
        {days.map(({ day, label: name }) => {
          const own = entries
            .filter((entry) => dayOf(entry, zone) === day)
            .sort((a, b) => a.scheduledAt.localeCompare(b.scheduledAt));
          return own.length === 0 ? null : (
            <section key={day} className="card card--flush" aria-label={name}>
              <div className="card__head">
                <h2>{name}</h2>
              </div>
              <ul>
                {own.map((entry) => (
                  <li key={entry.visitId} className={`mrow${mark(entry)}`}>
                    <span className="row">
                      <b>{clock(entry)}</b>
                      <span className="grow">
                        <Link href={`/admin/visits/${entry.visitId}`}>{entry.patient}</Link>{" "}
                        {entry.repeats ? <RepeatMark /> : null}
                        <br />
                        <span className="soft">
                          {entry.clinician} · {t("minutes", { minutes: entry.durationMinutes })}
                          {mayMove(entry) ? "" : ` · ${t(`is.${entry.status}`)}`}
                        </span>
                      </span>
                      {mayMove(entry) ? <MoveButton entry={entry} at={clock(entry)} ask={ask} /> : null}
                    </span>
                  </li>
                ))}
              </ul>
            </section>
          );
        })}
      </div>
      {target ? (
        <MoveDialog
          target={target}
          zone={zone}
          tag={tag}
          clinicians={clinicians}
          close={(moved) => {
            setTarget(null);
            if (!moved) return;
            const whose = asked.clinicianId && moved.clinicianId;
            router.push(movedHref({ ...asked, clinicianId: whose }, target.entry.visitId, moved.all));
            // Moved twice to one week, the address is the same.
            router.refresh();
          }}
        />
      ) : null}
    </>
  );
}

/** How far a day is scrolled at first: to the present, or to the first visit, with a third of the room before it. */
function beginAt(box: HTMLElement): number {
  const first = box.querySelector<HTMLElement>(".plan__now") ?? box.querySelector<HTMLElement>(".slot");
  return first ? first.offsetTop - box.clientHeight / 3 : 0;
}

function MoveButton(props: { entry: ScheduledEntry; at: string; ask: (entry: ScheduledEntry) => void }) {
  const t = useTranslations("schedule");
  return (
    <button type="button" className="btn btn--quiet btn--tiny" onClick={() => props.ask(props.entry)}>
      {t("move")}
      <span className="vh">{t("moveWhat", { patient: props.entry.patient, time: props.at })}</span>
    </button>
  );
}
