"use server";

import { revalidatePath } from "next/cache";
import { cookies } from "next/headers";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { accessTokenOf } from "@/lib/auth/own-sessions";
import { requireCustomer } from "@/lib/auth/require-staff";
import { isHttps } from "@/lib/auth/session-cookie";
import * as account from "@/lib/http/account-inputs";
import { dayParts, type TimeWish, wishesMax } from "@/lib/kernel/time-wish";
import { askOwnCode, connectByCode } from "@/lib/own-record/connect-by-code";
import { changeOwnDetails } from "@/lib/own-record/own-details";
import { askForTime, sayCannotCome, withdrawRequest } from "@/lib/visits/ask-time";
import { takeOwnCheck, takeOwnLink } from "@/lib/visits/own-links";
import { languageCookie, languageCookieMaxAgeSeconds, locales } from "@/messages/locales";
import type { Told } from "../own-form";
import { refusedTold } from "../told";

/** Every action is a public POST: it asks first who is there. What they may do is the use case's and row-level security's to say. */
const visit = z.object({ visitId: z.guid() });
const words = z.string().trim().max(300);
const unreadable = { code: "INPUT_INVALID" };

/** A link into the visit, to be followed at once. */
export async function join(_previous: Told, data: FormData): Promise<Told> {
  const { deps, patient } = await requireCustomer();
  const given = visit.safeParse(Object.fromEntries(data));
  if (!given.success) return refusedTold({ code: "VISIT_UNKNOWN" });
  const taken = await takeOwnLink(deps, { patient, visitId: given.data.visitId });
  return taken.ok ? go(taken.value.url) : refusedTold(taken.error);
}

export async function tryDevices(_previous: Told, data: FormData): Promise<Told> {
  const { deps, patient } = await requireCustomer();
  const given = visit.safeParse(Object.fromEntries(data));
  if (!given.success) return refusedTold({ code: "VISIT_UNKNOWN" });
  const taken = await takeOwnCheck(deps, { patient, visitId: given.data.visitId });
  return taken.ok ? go(taken.value.url) : refusedTold(taken.error);
}

async function go(url: string): Promise<Told> {
  const t = await getTranslations("own");
  return { kind: "go", url, words: t("goOn") };
}

export async function askTime(_previous: Told, data: FormData): Promise<Told> {
  const { deps, patient } = await requireCustomer();
  const given = visit.extend({ words }).safeParse(Object.fromEntries(data));
  const wishes = wishesIn(data);
  if (!given.success || !wishes) return refusedTold(unreadable);
  const asked = await askForTime(deps, { patient, ...given.data, wishes });
  return told(asked, "ask.sent");
}

/** Those whose day was chosen. Null: something that no form of ours sends. */
function wishesIn(data: FormData): TimeWish[] | null {
  const chosen = Array.from({ length: wishesMax }, (_, index) => ({
    day: data.get(`day${index + 1}`) ?? "",
    part: data.get(`part${index + 1}`),
  })).filter(({ day }) => day !== "");
  const read = z.array(z.object({ day: z.iso.date(), part: z.enum(dayParts) })).safeParse(chosen);
  return read.success ? read.data : null;
}

export async function cannotCome(_previous: Told, data: FormData): Promise<Told> {
  const { deps, patient } = await requireCustomer();
  const given = visit.extend({ words }).safeParse(Object.fromEntries(data));
  if (!given.success) return refusedTold(unreadable);
  const said = await sayCannotCome(deps, { patient, ...given.data });
  return told(said, said.ok && said.value.calledOff ? "cancel.done" : "cancel.sent");
}

export async function takeBack(_previous: Told, data: FormData): Promise<Told> {
  const { deps, patient } = await requireCustomer();
  const given = visit.safeParse(Object.fromEntries(data));
  if (!given.success) return refusedTold({ code: "VISIT_UNKNOWN" });
  return told(await withdrawRequest(deps, { patient, ...given.data }), "ask.takenBack");
}

/** The address must be one that Cognito has seen confirmed; the answer never tells whether it fits a record. */
export async function askCode(_previous: Told): Promise<Told> {
  const { deps, session, patient, sub, origin } = await requireCustomer();
  const accessToken = await accessTokenOf(deps, session);
  const user = accessToken ? await deps.identity.user(accessToken) : null;
  if (!user?.ok) return refusedTold({ code: "AWAY" });
  const { email, emailVerified } = user.value;
  const asked = await askOwnCode(deps, {
    owner: { patient, sub },
    origin,
    email: emailVerified ? email : null,
  });
  return told(asked, "connect.asked");
}

export async function enterCode(_previous: Told, data: FormData): Promise<Told> {
  const { deps, patient, sub, origin } = await requireCustomer();
  const given = account.code.safeParse(data.get("code"));
  if (!given.success) return refusedTold({ code: "CODE_REFUSED" });
  const connected = await connectByCode(deps, { owner: { patient, sub }, origin, code: given.data });
  return told(connected, "connect.done");
}

const details = z.object({ timeZone: z.string().max(60), locale: z.enum(locales) });

/** Language and zone of what we send; and this browser reads the same language from now on. */
export async function saveDetails(_previous: Told, data: FormData): Promise<Told> {
  const { deps, patient } = await requireCustomer();
  const given = details.safeParse(Object.fromEntries(data));
  if (!given.success) return refusedTold(unreadable);
  const saved = await changeOwnDetails(deps, { patient, ...given.data });
  if (saved.ok)
    (await cookies()).set(languageCookie, given.data.locale, {
      sameSite: "lax",
      path: "/",
      secure: isHttps(deps.env),
      maxAge: languageCookieMaxAgeSeconds,
    });
  return told(saved, "details.saved");
}

type News =
  | "ask.sent"
  | "ask.takenBack"
  | "cancel.done"
  | "cancel.sent"
  | "connect.asked"
  | "connect.done"
  | "details.saved";

async function told(done: { ok: true } | { ok: false; error: { code: string } }, news: News): Promise<Told> {
  if (!done.ok) return refusedTold(done.error);
  revalidatePath("/visits", "layout");
  const t = await getTranslations("own");
  return { kind: "done", message: t(news) };
}
