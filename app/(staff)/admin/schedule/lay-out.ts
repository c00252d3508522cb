import { minuteOf } from "@/lib/clinicians/availability";
import { wallTime } from "@/lib/kernel/wall-time";
import type { ScheduledEntry } from "@/lib/visits/read-schedule";

/** A grid's row. Minutes. */
export const rowMinutes = 15;
/** Side by side in one column at most; whoever overlaps more shares the last. */
const lanesMost = 4;
/** What is shown of a day where nothing stands outside it. Hours. */
const [dayFrom, dayTo] = [7, 19];

/** `row`: from the grid's first hour, 1 is the first. `lane` of `lanes`: 1 is the first. */
export type Placed = { entry: ScheduledEntry; row: number; rows: number; lane: number; lanes: number };

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

const startOf = ({ scheduledAt }: ScheduledEntry, zone: string) =>
  minuteOf(wallTime(new Date(scheduledAt), zone).slice(11));

/** The calendar day, there, on which an entry begins: `YYYY-MM-DD`. */
export const dayOf = ({ scheduledAt }: ScheduledEntry, zone: string): string =>
  wallTime(new Date(scheduledAt), zone).slice(0, 10);

/**
 * Places the entries of one column, earliest first. Those that overlap stand side by side: each group of overlapping ones shares the
 * column's width.
 */
export function layOut(
  entries: readonly ScheduledEntry[],
  { zone, fromHour, toHour }: { zone: string; fromHour: number; toHour: number },
): Placed[] {
  const last = (toHour - fromHour) * (60 / rowMinutes);
  const placed: Placed[] = [];
  let group: Placed[] = [];
  let groupEnds = 0;
  const close = () => {
    const lanes = Math.max(1, ...group.map(({ lane }) => lane));
    for (const one of group) one.lanes = lanes;
    group = [];
  };
  for (const entry of entries) {
    const from = (startOf(entry, zone) - fromHour * 60) / rowMinutes;
    const row = Math.floor(from) + 1;
    const end = Math.min(last, Math.ceil(from + entry.durationMinutes / rowMinutes));
    if (row > groupEnds) close();
    const free = [1, 2, 3, 4].find((lane) =>
      group.every((one) => one.lane !== lane || one.row + one.rows <= row),
    );
    const one = { entry, row, rows: Math.max(1, end - row + 1), lane: free ?? lanesMost, lanes: 1 };
    groupEnds = Math.max(group.length > 0 ? groupEnds : 0, one.row + one.rows - 1);
    group.push(one);
    placed.push(one);
  }
  close();
  return placed;
}
