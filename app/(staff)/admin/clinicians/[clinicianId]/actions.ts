"use server";

import { revalidatePath } from "next/cache";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { requireStaff } from "@/lib/auth/require-staff";
import {
  addDaysOff,
  keepLicence,
  removeDaysOff,
  removeLicence,
  setHours,
} from "@/lib/clinicians/change-clinician";
import { doorDeps } from "@/lib/http/deps";
import * as input from "@/lib/http/visit-inputs";
import type { Result } from "@/lib/kernel/result";
import type { Saved } from "../../outcome";
import { readWeek } from "./week-fields";

const clinician = z.object({ clinicianId: input.clinicianId });
const wrongFields = ["state", "number", "expiresOn", "hours", "firstDay", "lastDay"] as const;
type Refusal =
  | { code: "FORBIDDEN" | "CLINICIAN_UNKNOWN" }
  | { code: "INPUT_INVALID"; fields: readonly (typeof wrongFields)[number][] };

/** Every change on the page of a clinician: who asks, what came of it, in words; and the page shows it. */
async function change<Form extends { clinicianId: string }>(
  schema: z.ZodType<Form>,
  data: FormData,
  done: "licenseSaved" | "licenseRemoved" | "hoursSaved" | "daysOffSaved" | "daysOffRemoved",
  work: (
    given: Form,
    actor: Awaited<ReturnType<typeof requireStaff>>,
    deps: Awaited<ReturnType<typeof doorDeps>>,
  ) => Promise<Result<void, Refusal>>,
): Promise<Saved> {
  const actor = await requireStaff(["scheduler", "admin"]);
  const t = await getTranslations("clinicians.did");
  const wrong = await getTranslations("clinicians.wrong");
  const refused = (...messages: string[]): Saved => ({
    kind: "refused",
    errors: messages.map((message) => ({ path: "", message })),
  });
  const given = schema.safeParse(Object.fromEntries(data));
  if (!given.success) return refused(t("mangled"));
  const result = await work(given.data, actor, await doorDeps());
  if (result.ok) {
    revalidatePath(`/admin/clinicians/${given.data.clinicianId}`);
    return { kind: "saved", message: t(done) };
  }
  if (result.error.code === "INPUT_INVALID")
    return refused(...result.error.fields.map((field) => wrong(field)));
  return refused(t(result.error.code === "FORBIDDEN" ? "notYours" : "gone"));
}

export async function saveLicence(_previous: Saved, data: FormData): Promise<Saved> {
  const form = clinician.extend({
    state: z.string().max(2),
    number: z.string().max(100),
    expiresOn: z.string().max(10),
  });
  return change(form, data, "licenseSaved", (given, actor, deps) => keepLicence(deps, { actor, ...given }));
}

export async function dropLicence(_previous: Saved, data: FormData): Promise<Saved> {
  const form = clinician.extend({ state: z.string().max(2) });
  return change(form, data, "licenseRemoved", (given, actor, deps) =>
    removeLicence(deps, { actor, ...given }),
  );
}

export async function saveWeek(_previous: Saved, data: FormData): Promise<Saved> {
  return change(clinician, data, "hoursSaved", async ({ clinicianId }, actor, deps) => {
    const hours = readWeek(data);
    if (!hours) return { ok: false, error: { code: "INPUT_INVALID", fields: ["hours"] } };
    return setHours(deps, { actor, clinicianId, hours });
  });
}

/** One day where no last one was given. */
export async function saveDaysOff(_previous: Saved, data: FormData): Promise<Saved> {
  const form = clinician.extend({ firstDay: z.string().max(10), lastDay: z.string().max(10).default("") });
  return change(form, data, "daysOffSaved", ({ clinicianId, firstDay, lastDay }, actor, deps) =>
    addDaysOff(deps, { actor, clinicianId, firstDay, lastDay: lastDay || firstDay }),
  );
}

export async function dropDaysOff(_previous: Saved, data: FormData): Promise<Saved> {
  const form = clinician.extend({ firstDay: z.string().max(10) });
  return change(form, data, "daysOffRemoved", (given, actor, deps) =>
    removeDaysOff(deps, { actor, ...given }),
  );
}
