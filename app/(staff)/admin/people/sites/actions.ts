"use server";

import { revalidatePath } from "next/cache";
import { getLocale, getTranslations } from "next-intl/server";
import { z } from "zod";
import { requireStaff } from "@/lib/auth/require-staff";
import { changeSite, registerSite, restoreSite, suspendSite } from "@/lib/host-sites/manage-sites";
import { originsMax, readOrigins } from "@/lib/host-sites/origins";
import * as input from "@/lib/http/account-inputs";
import { doorDeps } from "@/lib/http/deps";
import { sentenceOf } from "@/lib/http/problem";
import type { Saved } from "../../outcome";
import type { Told } from "../../visits/[visitId]/change";

const name = input.name.pipe(z.string().min(1).max(60));
const oneSite = z.object({ siteId: z.guid() });

/** Who asks: an action is a public POST. */
async function asked() {
  const actor = await requireStaff(["admin"]);
  const [deps, locale, t] = await Promise.all([doorDeps(), getLocale(), getTranslations("sites")]);
  return { actor, deps, locale, t };
}

/** With a site's id it is changed, without one it is new. */
export async function saveSite(_previous: Saved, data: FormData): Promise<Saved> {
  const { actor, deps, locale, t } = await asked();
  const refused = (path: string, message: string): Saved => ({
    kind: "refused",
    errors: [{ path, message }],
  });
  const named = name.safeParse(data.get("name"));
  if (!named.success) return refused("name", t("nameWrong"));
  const read = readOrigins(String(data.get("origins") ?? "").slice(0, 4_000));
  if (!read) return refused("origins", t("originsCount", { max: originsMax }));
  if ("wrong" in read) return refused("origins", t("originWrong", { origin: read.wrong }));
  const said = { actor, name: named.data, origins: read.origins };
  const siteId = data.get("siteId");
  const saved =
    siteId === null
      ? await registerSite(deps, said)
      : await changeSite(deps, { ...said, siteId: String(siteId) });
  if (!saved.ok) return refused("", sentenceOf(saved.error, locale));
  revalidatePath("/admin/people/sites");
  return { kind: "saved", message: t(siteId === null ? "made" : "saved", { name: named.data }) };
}

const settle = (work: typeof suspendSite, word: "isSuspended" | "isRestored") =>
  async function settled(_previous: Told, data: FormData): Promise<Told> {
    const { actor, deps, locale, t } = await asked();
    const given = oneSite.safeParse(Object.fromEntries(data));
    if (!given.success) return { kind: "refused", message: t("mangled") };
    const done = await work(deps, { actor, ...given.data });
    if (!done.ok) return { kind: "refused", message: sentenceOf(done.error, locale) };
    revalidatePath("/admin/people/sites");
    return { kind: "done", message: t(word) };
  };
const suspending = settle(suspendSite, "isSuspended");
const restoring = settle(restoreSite, "isRestored");

export async function suspend(previous: Told, data: FormData): Promise<Told> {
  return suspending(previous, data);
}

export async function restore(previous: Told, data: FormData): Promise<Told> {
  return restoring(previous, data);
}
