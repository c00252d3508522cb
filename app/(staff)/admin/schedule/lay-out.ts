import { minuteOf } from "@/lib/clinicians/availability";
import { wallTime } from "@/lib/kernel/wall-time";
import type { ScheduledEntry } from "@/lib/visits/read-schedule";

/** What a visit that is dragged snaps to. Minutes. */
export const rowMinutes = 15;
/** Drawn no shorter than this: a line of words must fit. Minutes. */
const drawnLeast = 15;
/** Side by side in one column at most: the style sheet knows no more. */
const lanesMost = 12;
/** What is shown of a day where nothing stands outside it. Hours. */
const [dayFrom, dayTo] = [7, 19];

/** `minute`: from the grid's first hour. `minutes`: as long as it is drawn. `lane` of `lanes`: 1 is the first. */
export type Placed = {
  entry: ScheduledEntry;
  minute: number;
  minutes: number;
  lane: number;
  lanes: number;
};

/** The hours that a grid must show: the working day, and whatever stands outside it. */
export function hoursOf(
  entries: readonly ScheduledEntry[],
  zone: string,
): { fromHour: number; toHour: number } {
  const minutes = entries.map((entry) => startOf(entry, zone));
  const ends = entries.map((entry, index) => Math.min(1440, minutes[index]! + entry.durationMinutes));
  return {
    fromHour: Math.min(dayFrom, ...minutes.map((minute) => Math.floor(minute / 60))),
    toHour: Math.max(dayTo, ...ends.map((minute) => Math.ceil(minute / 60))),
  };
}

/** @param wall `YYYY-MM-DDTHH:MM`, as `wallTime` says it. */
export const minuteOfDay = (wall: string): number => minuteOf(wall.slice(11));

const startOf = ({ scheduledAt }: ScheduledEntry, zone: string) =>
  minuteOfDay(wallTime(new Date(scheduledAt), zone));

/** The calendar day, there, on which an entry begins: `YYYY-MM-DD`. */
export const dayOf = ({ scheduledAt }: ScheduledEntry, zone: string): string =>
  wallTime(new Date(scheduledAt), zone).slice(0, 10);

/**
 * Places the entries of one column to the minute, earliest first. Those that overlap stand side by side: each group of overlapping ones
 * shares the column's width.
 */
export function layOut(
  entries: readonly ScheduledEntry[],
  { zone, fromHour, toHour }: { zone: string; fromHour: number; toHour: number },
): Placed[] {
  const last = (toHour - fromHour) * 60;
  const placed: Placed[] = [];
  let group: Placed[] = [];
  let groupEnds = 0;
  const close = () => {
    const lanes = Math.max(1, ...group.map(({ lane }) => lane));
    for (const one of group) one.lanes = lanes;
    group = [];
  };
  for (const entry of entries) {
    const minute = startOf(entry, zone) - fromHour * 60;
    const minutes = Math.max(drawnLeast, Math.min(entry.durationMinutes, last - minute));
    if (minute >= groupEnds) close();
    const free = lanes.find((lane) =>
      group.every((one) => one.lane !== lane || one.minute + one.minutes <= minute),
    );
    groupEnds = Math.max(group.length > 0 ? groupEnds : 0, minute + minutes);
    const one = { entry, minute, minutes, lane: free ?? lanesMost, lanes: 1 };
    group.push(one);
    placed.push(one);
  }
  close();
  return placed;
}

const lanes = Array.from({ length: lanesMost }, (_, index) => index + 1);

/** Classes of the style sheet that say where a block stands: no style may stand in the page. */
export const placeClasses = (minute: number, minutes: number): string =>
  `h${Math.floor(minute / 60)} m${minute % 60} x${Math.floor(minutes / 60)} y${minutes % 60}`;
