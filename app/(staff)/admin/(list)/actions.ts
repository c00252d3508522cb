"use server";

import { revalidatePath } from "next/cache";
import { getLocale, getTranslations } from "next-intl/server";
import { z } from "zod";
import { pages } from "@/lib/auth/access";
import { requireStaff } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { sentenceOf } from "@/lib/http/problem";
import * as input from "@/lib/http/visit-inputs";
import { runAllLate } from "@/lib/visits/run-all-late";
import type { Told } from "../visits/[visitId]/change";

const form = z.object({
  clinicianId: input.personId,
  minutes: z.coerce.number().int().min(0).max(240),
});

/** Tells everybody who waits for a clinician or is due soon. */
export async function tellAllLate(_previous: Told, data: FormData): Promise<Told> {
  const actor = await requireStaff(pages["/admin/schedule"]);
  const [t, locale] = await Promise.all([getTranslations("today.late"), getLocale()]);
  const given = form.safeParse(Object.fromEntries(data));
  if (!given.success) return { kind: "refused", message: t("mangled") };
  const { clinicianId, minutes } = given.data;
  const done = await runAllLate(await doorDeps(), { actor, clinicianId, minutes });
  revalidatePath("/admin");
  if (!done.ok) return { kind: "refused", message: sentenceOf(done.error, locale) };
  const { visits } = done.value;
  const told = visits.filter((visit) => visit.told).length;
  const unreached = minutes > 0 ? visits.length - told : 0;
  return {
    kind: "done",
    message: [
      visits.length === 0 ? t("nobody") : minutes > 0 ? t("noted", { minutes }) : t("onTime"),
      told > 0 ? t("told", { count: told }) : "",
      unreached > 0 ? t("unreached", { count: unreached }) : "",
    ]
      .filter(Boolean)
      .join(" "),
  };
}
