"use server";

import { z } from "zod";
import { requireStaff } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import * as input from "@/lib/http/visit-inputs";
import { seriesMost } from "@/lib/kernel/recurrence";
import { instantOf, wallTime } from "@/lib/kernel/wall-time";
import { freeTimes } from "@/lib/visits/free-times";
import { usualKind } from "@/lib/visits/usual-kind";
import { weighVisit } from "@/lib/visits/weigh-visit";
import { requestLanguage } from "../../request-language";
import { addDays, dayBegins, dayOr } from "./schedule/days";
import { skippedWords, type WeighedWords, weighWords } from "./weigh-words";

const asked = z.object({
  patientId: input.personId,
  clinicianId: input.clinicianId,
  date: z.string().max(10),
  time: z.string().max(5),
  zone: input.timeZone,
  duration: z.coerce.number().pipe(input.duration),
  channel: z.string().pipe(input.channel).optional(),
  visitId: z.guid().optional(),
});
export type Asked = z.input<typeof asked>;
const askedSeries = asked.omit({ date: true, time: true, visitId: true }).extend({
  /** Each `YYYY-MM-DDTHH:MM` by the clocks of `zone`. */
  walls: z.array(z.string().max(16)).min(1).max(seriesMost),
});
export type AskedSeries = z.input<typeof askedSeries>;

/** The same of every date of a series, in their order. */
export async function weighSeries(typed: AskedSeries): Promise<WeighedWords[] | null> {
  const actor = await requireStaff(["clinician", "scheduler", "admin"]);
  const given = askedSeries.safeParse(typed);
  if (!given.success) return null;
  const { walls, zone, ...visit } = given.data;
  const instants = walls.map((wall) => instantOf(wall, zone));
  const times = instants.filter((at) => at !== null);
  const [{ tag }, weighed, skipped] = await Promise.all([
    requestLanguage(),
    times.length > 0 ? weighVisit(await doorDeps(), { actor, ...visit, times }) : [],
    skippedWords(),
  ]);
  const words = await Promise.all(weighed.map((one) => weighWords(one, { zone, tag })));
  return instants.map((at) => (at ? words[times.indexOf(at)]! : skipped));
}

/** What booking this would come to, in the reader's words; null while the form says no time, or nobody. */
export async function weigh(typed: Asked): Promise<WeighedWords | null> {
  const actor = await requireStaff(["clinician", "scheduler", "admin"]);
  const given = asked.safeParse(typed);
  if (!given.success) return null;
  const { date, time, zone, ...visit } = given.data;
  const at = instantOf(`${date}T${time}`, zone);
  if (!at) return null;
  const deps = await doorDeps();
  const [{ tag }, [weighed]] = await Promise.all([
    requestLanguage(),
    weighVisit(deps, { actor, ...visit, times: [at] }),
  ]);
  return weighed ? weighWords(weighed, { zone, tag }) : null;
}

const askedKind = asked.pick({ patientId: true });

/** Which kind of visit that patient is likely to need next; null where nobody is named. */
export async function findUsualKind(typed: z.input<typeof askedKind>) {
  const actor = await requireStaff(["clinician", "scheduler", "admin"]);
  const given = askedKind.safeParse(typed);
  return given.success ? usualKind(await doorDeps(), { actor, ...given.data }) : null;
}

const askedFree = asked.pick({ clinicianId: true, date: true, zone: true, duration: true });
export type AskedFree = z.input<typeof askedFree>;
/** `HH:MM` on that day, by the clocks of `zone`; where there is none, the next day that has one. */
export type FreeDay = { times: string[]; next: string | null };

/** How far the next free day is looked for. */
const lookAheadDays = 21;

/** When that clinician could begin on that day; null where their hours are not on file. */
export async function findFreeTimes(typed: AskedFree): Promise<FreeDay | null> {
  const actor = await requireStaff(["clinician", "scheduler", "admin"]);
  const given = askedFree.safeParse(typed);
  if (!given.success || dayOr(given.data.date, "") === "") return null;
  const { date, zone, ...visit } = given.data;
  const [from, to] = [dayBegins(date, zone), dayBegins(addDays(date, lookAheadDays), zone)];
  const free = await freeTimes(await doorDeps(), { actor, ...visit, from, to });
  if (!free) return null;
  const walls = free.map((at) => wallTime(at, zone).split("T") as [day: string, clock: string]);
  return {
    times: walls.filter(([day]) => day === date).map(([, clock]) => clock),
    next: walls.find(([day]) => day > date)?.[0] ?? null,
  };
}
