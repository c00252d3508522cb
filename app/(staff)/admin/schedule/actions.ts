"use server";

import { getLocale, getTranslations } from "next-intl/server";
import { z } from "zod";
import { requireStaff } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { sentenceOf } from "@/lib/http/problem";
import * as input from "@/lib/http/visit-inputs";
import { listedTime, shortDay } from "@/lib/kernel/times";
import { instantOf } from "@/lib/kernel/wall-time";
import type { ShiftRefusal } from "@/lib/visits/refusals";
import { rescheduleVisit } from "@/lib/visits/reschedule-visit";
import { shiftFollowing, weighShift } from "@/lib/visits/shift-following";
import { whoIsTold } from "@/lib/visits/told-parties";
import type { Locale } from "@/messages/locales";
import { requestLanguage } from "../../../request-language";
import { type WeighedWords, weighWords } from "../weigh-words";

const carers = ["clinician", "scheduler", "admin"] as const;
export type Moved =
  | { kind: "nothing" }
  /** `all`: with those that follow. */
  | { kind: "moved"; all: boolean; clinicianId: string }
  | { kind: "refused"; message: string };

const form = z.object({
  visitId: z.guid(),
  date: z.string().max(10),
  time: z.string().max(5),
  zone: input.timeZone,
  clinicianId: input.personId,
  scope: z.enum(["this", "following"]).default("this"),
});

/** One date of those that move together, in the reader's words. */
export type ShiftedDate = { day: string; words: WeighedWords };
const askedShift = form.pick({ visitId: true, date: true, time: true, zone: true });

/** What moving this visit and all that follow would come to, date by date; null while the form says no time. */
export async function weighMove(typed: z.input<typeof askedShift>): Promise<ShiftedDate[] | null> {
  const actor = await requireStaff(carers);
  const given = askedShift.safeParse(typed);
  if (!given.success) return null;
  const { visitId, date, time, zone } = given.data;
  const scheduledAt = instantOf(`${date}T${time}`, zone);
  if (!scheduledAt) return null;
  const [weighed, { tag }] = await Promise.all([
    weighShift(await doorDeps(), { actor, visitId, scheduledAt }),
    requestLanguage(),
  ]);
  if (!weighed.ok) return null;
  return Promise.all(
    weighed.value.map(async (one) => ({
      day: listedTime(new Date(one.scheduledAt), zone, tag),
      words: await weighWords(one, { zone, tag }),
    })),
  );
}

/**
 * Moves a visit. Whoever was told of it gets the new time, a new link and a calendar file that replaces the old one. The page is not shown anew
 * from here: its address may be the one that asked for the move, and the dialog goes on to where the visit stands now.
 */
export async function moveVisit(_previous: Moved, data: FormData): Promise<Moved> {
  const actor = await requireStaff(carers);
  const given = form.safeParse(Object.fromEntries(data));
  const [t, { tag }, locale] = await Promise.all([
    getTranslations("schedule.dialog"),
    requestLanguage(),
    getLocale(),
  ]);
  if (!given.success) return { kind: "refused", message: t("mangled") };
  const { visitId, date, time, zone, clinicianId, scope } = given.data;
  const scheduledAt = instantOf(`${date}T${time}`, zone);
  if (!scheduledAt) return { kind: "refused", message: t("noSuchTime") };
  if (scope === "following") {
    const shifted = await shiftFollowing(await doorDeps(), { actor, visitId, scheduledAt });
    if (!shifted.ok) return { kind: "refused", message: shiftRefused(shifted.error, { zone, tag, locale }) };
    return { kind: "moved", all: true, clinicianId };
  }
  const done = await rescheduleVisit(await doorDeps(), { actor, visitId, scheduledAt, clinicianId });
  if (!done.ok) return { kind: "refused", message: sentenceOf(done.error, locale) };
  return { kind: "moved", all: false, clinicianId };
}

function shiftRefused(
  refusal: ShiftRefusal,
  { zone, tag, locale }: { zone: string; tag: string; locale: Locale },
): string {
  const sentence = sentenceOf(refusal, locale);
  if (refusal.code !== "SERIES_DATES_REFUSED") return sentence;
  const days = refusal.dates.map(({ scheduledAt }) => shortDay(new Date(scheduledAt), zone, tag));
  return `${sentence} (${new Intl.ListFormat(tag, { type: "conjunction" }).format(days)})`;
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
