"use server";

import { revalidatePath } from "next/cache";
import { getLocale, getTranslations } from "next-intl/server";
import { z } from "zod";
import { requireStaff } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { sentenceOf } from "@/lib/http/problem";
import { disconnectOwner, inviteOwner } from "@/lib/own-record/invite";
import type { Told } from "./change";

const form = z.object({ patientId: z.guid() });

/** To the contact on file, never shown to who sends it. */
export async function inviteToPage(_previous: Told, data: FormData): Promise<Told> {
  const actor = await requireStaff(["clinician", "scheduler", "admin"]);
  const [deps, t, locale] = await Promise.all([doorDeps(), getTranslations("ownPage"), getLocale()]);
  const given = form.safeParse(Object.fromEntries(data));
  if (!given.success) return { kind: "refused", message: t("mangled") };
  const sent = await inviteOwner(deps, { actor, ...given.data });
  if (!sent.ok) return { kind: "refused", message: sentenceOf(sent.error, locale) };
  revalidatePath("/admin", "layout");
  return { kind: "done", message: t("sent", { to: sent.value.to.join(", ") }) };
}

export async function disconnectFromPage(_previous: Told, data: FormData): Promise<Told> {
  const actor = await requireStaff(["scheduler", "admin"]);
  const [deps, t, locale] = await Promise.all([doorDeps(), getTranslations("ownPage"), getLocale()]);
  const given = form.safeParse(Object.fromEntries(data));
  if (!given.success) return { kind: "refused", message: t("mangled") };
  const done = await disconnectOwner(deps, { actor, ...given.data });
  if (!done.ok) return { kind: "refused", message: sentenceOf(done.error, locale) };
  revalidatePath("/admin", "layout");
  return { kind: "done", message: t("disconnected") };
}
