"use server";

import { revalidatePath } from "next/cache";
import { getLocale, getTranslations } from "next-intl/server";
import { z } from "zod";
import {
  apiScopes,
  createKey,
  type KeyLifetime,
  type KeyOverlap,
  keyLifetimes,
  keyOverlaps,
  revokeKey,
  rotateKey,
} from "@/lib/auth/manage-keys";
import { requireStaff } from "@/lib/auth/require-staff";
import * as input from "@/lib/http/account-inputs";
import { doorDeps } from "@/lib/http/deps";
import { sentenceOf } from "@/lib/http/problem";
import type { Told } from "../../visits/[visitId]/change";

/** `secret` is a credential: it is in the answer to whoever made it, once, and in no page. */
export type KeyTold =
  | { kind: "nothing" }
  | { kind: "made"; secret: string }
  | { kind: "refused"; message: string };

/** Nothing, and no number of the list, is 0 here. */
const lifetime = z.coerce
  .number()
  .transform((days) => (days === 0 ? null : days))
  .refine((days): days is KeyLifetime => keyLifetimes.some((known) => known === days));
const overlap = z.coerce
  .number()
  .refine((hours): hours is KeyOverlap => keyOverlaps.some((known) => known === hours));
const newKey = z.object({
  name: input.name.pipe(z.string().min(1).max(60)),
  scopes: z.array(z.enum(apiScopes)).min(1),
  lifetimeDays: lifetime,
});
const oneKey = z.object({ keyId: z.guid() });

/** Who asks: an action is a public POST. */
async function asked() {
  const actor = await requireStaff(["admin"]);
  const [deps, locale, t] = await Promise.all([doorDeps(), getLocale(), getTranslations("keys")]);
  const refused = (message: string) => ({ kind: "refused", message }) as const;
  return { actor, deps, locale, t, refused };
}

export async function makeKey(_previous: KeyTold, data: FormData): Promise<KeyTold> {
  const { actor, deps, locale, t, refused } = await asked();
  const given = newKey.safeParse({ ...Object.fromEntries(data), scopes: data.getAll("scopes") });
  if (!given.success) return refused(t("mangled"));
  const made = await createKey(deps, { actor, ...given.data });
  if (!made.ok) return refused(sentenceOf(made.error, locale));
  revalidatePath("/admin/people/keys");
  return { kind: "made", secret: made.value.secret };
}

export async function newSecret(_previous: KeyTold, data: FormData): Promise<KeyTold> {
  const { actor, deps, locale, t, refused } = await asked();
  const given = oneKey.extend({ overlapHours: overlap }).safeParse(Object.fromEntries(data));
  if (!given.success) return refused(t("mangled"));
  const made = await rotateKey(deps, { actor, ...given.data });
  if (!made.ok) return refused(sentenceOf(made.error, locale));
  revalidatePath("/admin/people/keys");
  return { kind: "made", secret: made.value.secret };
}

export async function endKey(_previous: Told, data: FormData): Promise<Told> {
  const { actor, deps, locale, t, refused } = await asked();
  const given = oneKey.safeParse(Object.fromEntries(data));
  if (!given.success) return refused(t("mangled"));
  const ended = await revokeKey(deps, { actor, ...given.data });
  if (!ended.ok) return refused(sentenceOf(ended.error, locale));
  revalidatePath("/admin/people/keys");
  return { kind: "done", message: t("ended") };
}
