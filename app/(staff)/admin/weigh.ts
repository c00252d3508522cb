"use server";

import { z } from "zod";
import { requireStaff } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import * as input from "@/lib/http/visit-inputs";
import { seriesMost } from "@/lib/kernel/recurrence";
import { instantOf } from "@/lib/kernel/wall-time";
import { weighVisit } from "@/lib/visits/weigh-visit";
import { requestLanguage } from "../../request-language";
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
