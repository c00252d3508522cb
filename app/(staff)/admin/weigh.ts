"use server";

import { z } from "zod";
import { requireStaff } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import * as input from "@/lib/http/visit-inputs";
import { instantOf } from "@/lib/kernel/wall-time";
import { weighVisit } from "@/lib/visits/weigh-visit";
import { requestLanguage } from "../../request-language";
import { type WeighedWords, weighWords } from "./weigh-words";

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
