"use server";

import { revalidatePath } from "next/cache";
import { getLocale, getTranslations } from "next-intl/server";
import { z } from "zod";
import { requireStaff } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { sentenceOf } from "@/lib/http/problem";
import * as input from "@/lib/http/visit-inputs";
import { clockTime, shortDay } from "@/lib/kernel/times";
import { instantOf } from "@/lib/kernel/wall-time";
import { rescheduleVisit } from "@/lib/visits/reschedule-visit";
import { whoIsTold } from "@/lib/visits/told-parties";
import { requestLanguage } from "../../../request-language";

const carers = ["clinician", "scheduler", "admin"] as const;
export type Moved =
  | { kind: "nothing" }
  | { kind: "moved"; message: string }
  | { kind: "refused"; message: string };

const form = z.object({
  visitId: z.guid(),
  date: z.string().max(10),
  time: z.string().max(5),
  zone: input.timeZone,
  clinicianId: input.personId,
});

/** Moves a visit. Whoever was told of it gets the new time, a new link and a calendar file that replaces the old one. */
export async function moveVisit(_previous: Moved, data: FormData): Promise<Moved> {
  const actor = await requireStaff(carers);
  const given = form.safeParse(Object.fromEntries(data));
  const [t, { tag }, locale] = await Promise.all([
    getTranslations("schedule.dialog"),
    requestLanguage(),
    getLocale(),
  ]);
  if (!given.success) return { kind: "refused", message: t("mangled") };
  const { visitId, date, time, zone, clinicianId } = given.data;
  const scheduledAt = instantOf(`${date}T${time}`, zone);
  if (!scheduledAt) return { kind: "refused", message: t("noSuchTime") };
  const done = await rescheduleVisit(await doorDeps(), { actor, visitId, scheduledAt, clinicianId });
  if (!done.ok) return { kind: "refused", message: sentenceOf(done.error, locale) };
  revalidatePath("/admin/schedule");
  const { patient } = done.value;
  return {
    kind: "moved",
    message: t("moved", {
      patient: `${patient.firstName} ${patient.lastName}`,
      day: shortDay(scheduledAt, zone, tag),
      time: clockTime(scheduledAt, zone, tag),
    }),
  };
}

/** Who gets a message when this visit moves, in a sentence. */
export async function whoWillBeTold(visitId: string): Promise<string> {
  const actor = await requireStaff(carers);
  const [{ parties, guests }, t, who, { tag }] = await Promise.all([
    whoIsTold(await doorDeps(), { actor, visitId: String(visitId) }),
    getTranslations("schedule.dialog"),
    getTranslations("visit.parties"),
    requestLanguage(),
  ]);
  const names = [
    ...parties.map(({ party, channel }) => t("by", { who: who(party), channel })),
    ...guests.map((name) => t("by", { who: name, channel: "both" })),
  ];
  return names.length === 0
    ? t("toldNobody")
    : t("told", { names: new Intl.ListFormat(tag, { type: "conjunction" }).format(names) });
}
