"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, startTransition, useActionState, useEffect, useId, useRef, useState } from "react";
import { Field } from "@/components/ui/field";
import { clockTime, shortDay } from "@/lib/kernel/times";
import { instantOf, wallTime } from "@/lib/kernel/wall-time";
import type { ScheduledEntry } from "@/lib/visits/read-schedule";
import { Icon } from "../../../icons";
import { fieldTime } from "../clinicians/week-words";
import { SeenBy } from "../seen-by";
import { FreeTimes } from "../visits/new/free-times";
import { Said, useAnswer, useWeighed, WeighedPanel } from "../weighed";
import { type Moved, moveVisit, type ShiftedDate, weighMove, whoWillBeTold } from "./actions";

/** A visit, and where it was dropped; where it stands, if nowhere else was meant yet. */
export type Target = { entry: ScheduledEntry; day?: string; minute?: number; clinicianId?: string };
type Props = {
  target: Target;
  zone: string;
  tag: string;
  clinicians: { id: string; name: string }[];
  /** `moved`: it was, and how. */
  close: (moved?: Extract<Moved, { kind: "moved" }>) => void;
};

/** Asks before a visit moves: from when to when, what stands against it, and who will be told. */
export function MoveDialog({ target, zone, tag, clinicians, close }: Props) {
  const t = useTranslations("schedule.dialog");
  const book = useTranslations("book");
  const { entry } = target;
  const box = useRef<HTMLDialogElement>(null);
  const title = useId();
  const [standsOn = "", standsAt = ""] = wallTime(new Date(entry.scheduledAt), zone).split("T");
  const [date, setDate] = useState(target.day ?? standsOn);
  const [time, setTime] = useState(target.minute === undefined ? standsAt : fieldTime(target.minute));
  const [clinicianId, setClinicianId] = useState(target.clinicianId ?? entry.clinicianId);
  const [scope, setScope] = useState<"this" | "following">("this");
  const [told, setTold] = useState<string | null>(null);
  const [moved, submit, pending] = useActionState(moveVisit, { kind: "nothing" } as Moved);
  const all = scope === "following";
  const same = date === standsOn && time === standsAt && (all || clinicianId === entry.clinicianId);
  const shifted = useAnswer(
    pending || same || !all ? null : { visitId: entry.visitId, date, time, zone },
    weighMove,
  );
  const weighed = useWeighed(
    pending || all
      ? null
      : {
          patientId: entry.patientId,
          clinicianId,
          date,
          time,
          zone,
          duration: String(entry.durationMinutes),
          visitId: entry.visitId,
        },
  );

  useEffect(() => {
    const before = document.activeElement;
    const dialog = box.current;
    if (dialog && !dialog.open) dialog.showModal();
    // Gone from the page by then, so the browser itself gives the focus back to nobody.
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  useEffect(() => {
    let over = false;
    void whoWillBeTold(entry.visitId).then((words) => {
      if (!over) setTold(words);
    });
    return () => {
      over = true;
    };
  }, [entry.visitId]);
  useEffect(() => {
    if (moved.kind === "moved") close(moved);
  }, [moved, close]);

  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    if (!pending && !same) startTransition(() => submit(data));
  };
  const at = new Date(entry.scheduledAt);
  return (
    <dialog
      ref={box}
      className="move"
      aria-labelledby={title}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
    >
      <form className="stack" onSubmit={send}>
        <h2 id={title}>{t("title", { patient: entry.patient })}</h2>
        <p className="soft">
          {t("stands", {
            day: shortDay(at, zone, tag),
            time: clockTime(at, zone, tag),
            clinician: entry.clinician,
            minutes: entry.durationMinutes,
          })}
        </p>
        <input type="hidden" name="visitId" value={entry.visitId} />
        <input type="hidden" name="zone" value={zone} />
        {entry.repeats ? (
          <fieldset className="row row--wrap">
            <legend className="vh">{t("which")}</legend>
            {(["this", "following"] as const).map((one) => (
              <label key={one} className="row">
                <input
                  type="radio"
                  name="scope"
                  value={one}
                  checked={scope === one}
                  onChange={() => setScope(one)}
                />
                <span>{t(one === "this" ? "onlyThis" : "andFollowing")}</span>
              </label>
            ))}
          </fieldset>
        ) : null}
        <div className="two">
          <Field id="move-date" label={t("day")} required>
            {(tied) => (
              <input
                {...tied}
                className="input num"
                type="date"
                name="date"
                required
                value={date}
                onChange={(event) => setDate(event.target.value)}
              />
            )}
          </Field>
          <Field id="move-time" label={t("start")} hint={zone.replaceAll("_", " ")} required>
            {(tied) => (
              <input
                {...tied}
                className="input num"
                type="time"
                name="time"
                required
                value={time}
                onChange={(event) => setTime(event.target.value)}
              />
            )}
          </Field>
        </div>
        {all ? (
          <>
            <input type="hidden" name="clinicianId" value={entry.clinicianId} />
            <p className="hint">{t("clinicianStays")}</p>
          </>
        ) : (
          <Field id="move-clinician" label={t("clinician")}>
            {(tied) => (
              <span className="pick">
                <select
                  {...tied}
                  className="input"
                  name="clinicianId"
                  value={clinicianId}
                  onChange={(event) => setClinicianId(event.target.value)}
                >
                  {clinicians.map((one) => (
                    <option key={one.id} value={one.id}>
                      {one.name}
                    </option>
                  ))}
                </select>
                <Icon name="down" />
              </span>
            )}
          </Field>
        )}
        {!all && date ? (
          <FreeTimes
            asked={{ clinicianId, date, zone, duration: String(entry.durationMinutes) }}
            time={time}
            choose={(change) => ("time" in change ? setTime(change.time) : setDate(change.date))}
            tag={tag}
          />
        ) : null}
        {entry.patientZone === zone ? null : (
          <SeenBy
            who={book("patientSees")}
            at={instantOf(`${date}T${time}`, zone)}
            minutes={entry.durationMinutes}
            zone={entry.patientZone}
            tag={tag}
          />
        )}
        {same ? <p className="hint">{t("same")}</p> : null}
        {same || all ? null : <WeighedPanel weighed={weighed} />}
        {!same && all ? <ShiftedDates dates={shifted} /> : null}
        <p>
          <Icon name="send" /> {told ?? t("looking")}
        </p>
        {moved.kind === "refused" ? (
          <p className="field__error" role="alert">
            {moved.message}
          </p>
        ) : null}
        <div className="formfoot">
          <span className="grow" />
          <button type="button" className="btn btn--quiet btn--md" onClick={() => close()}>
            {t("leave")}
          </button>
          <button type="submit" className="btn btn--md" aria-disabled={pending || same}>
            {pending ? t("moving") : t(all ? "moveAll" : "move")}
          </button>
        </div>
      </form>
    </dialog>
  );
}

/** Each date of those that move together, with what stands against it. */
function ShiftedDates({ dates }: { dates: ShiftedDate[] | null }) {
  const t = useTranslations("schedule.dialog");
  return (
    <div role="status">
      {dates === null ? (
        <p className="small soft">{t("lookingAtDates")}</p>
      ) : (
        <ol className="shifted">
          {dates.map(({ day, words: { refusals, warnings } }) => (
            <li key={day} className={refusals.length > 0 ? "shifted__bad" : undefined}>
              <b className="num">{day}</b>
              {refusals.length + warnings.length === 0 ? (
                <span className="small soft"> {t("free")}</span>
              ) : (
                <div className="small">
                  <Said list={[...refusals, ...warnings]} />
                </div>
              )}
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
