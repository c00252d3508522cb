import { wallTime } from "@/lib/kernel/wall-time";
import { defaultQuietHours, isQuiet } from "@/lib/notifications/quiet-hours";
import type { OpeningHours } from "@/lib/ports/contact-centre";
import { openSpans } from "./opening";

/** An hour in which somebody is called back. */
export type CallbackSlot = { from: Date; until: Date };

const minuteMs = 60_000;
const slotMs = 60 * minuteMs;
/** Sooner than this is "when it is my turn". Milliseconds. */
const leadMs = 60 * minuteMs;
/** Clocks of the world stand apart by whole quarters of an hour. */
const stepMs = 15 * minuteMs;
const daysMax = 3;

/**
 * The hours in which a customer can be called: while agents are there, by day where the customer is, from the full hour by their clock. Of the next
 * three days that have any. Empty where nobody knows when agents are there.
 */
export function callbackSlots(hours: OpeningHours | null, now: Date, timeZone: string): CallbackSlot[] {
  const slots: CallbackSlot[] = [];
  const days = new Set<string>();
  for (const open of hours ? openSpans(hours) : []) {
    const first = Math.max(open.from.getTime(), now.getTime() + leadMs);
    let at = Math.ceil(first / stepMs) * stepMs;
    while (at + slotMs <= open.until.getTime()) {
      const slot = { from: new Date(at), until: new Date(at + slotMs) };
      const wall = wallTime(slot.from, timeZone);
      const isFull = wall.endsWith(":00");
      at += isFull ? slotMs : stepMs;
      if (!isFull || !isByDay(slot, timeZone)) continue;
      days.add(wall.slice(0, 10));
      if (days.size > daysMax) return slots;
      slots.push(slot);
    }
  }
  return slots;
}

const isByDay = ({ from, until }: CallbackSlot, timeZone: string): boolean =>
  !isQuiet(from, timeZone, defaultQuietHours) &&
  !isQuiet(new Date(until.getTime() - minuteMs), timeZone, defaultQuietHours);
