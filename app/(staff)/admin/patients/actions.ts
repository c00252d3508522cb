"use server";

import { revalidatePath } from "next/cache";
import { getLocale, getTranslations } from "next-intl/server";
import type { z } from "zod";
import { pages } from "@/lib/auth/access";
import { requireStaff } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { newPatient, patientChange } from "@/lib/http/patient-inputs";
import { sentenceOf } from "@/lib/http/problem";
import { addPatient } from "@/lib/patients/add-patient";
import type { Alike } from "@/lib/patients/alike";
import { changePatient } from "@/lib/patients/change-patient";
import { patientFields } from "@/lib/patients/fields";
import type { PatientFacts } from "@/lib/patients/patient";
import { revealContact } from "@/lib/patients/reveal-contact";
import { sendAnew } from "@/lib/patients/send-anew";
import type { Told } from "../visits/[visitId]/change";
import type { Values, Wrong } from "./values";

export type Added =
  | { kind: "nothing" }
  | { kind: "added"; patient: PatientFacts }
  | { kind: "alike"; alike: Alike[] }
  | { kind: "refused"; wrong: Wrong };
export type Changed =
  | { kind: "nothing" }
  | { kind: "saved"; message: string }
  /** Nothing was saved; the page shows meanwhile what stands there now. */
  | { kind: "conflict" }
  | { kind: "refused"; wrong: Wrong };

const mayBeNothing = ["email", "phone", "externalId", "accountNumber"] as const;
const orNull = (typed: Partial<Values>) =>
  Object.fromEntries(
    Object.entries(typed).map(([field, value]) => [
      field,
      value === "" && mayBeNothing.some((one) => one === field) ? null : value,
    ]),
  );

/** Puts somebody on file. Sent again with the same `patientId`, it adds nobody a second time. */
export async function addNew(
  typed: Values,
  { patientId, anyway }: { patientId: string; anyway: boolean },
): Promise<Added> {
  const actor = await requireStaff(pages["/admin/patients/new"]);
  const given = newPatient.safeParse({ ...orNull(typed), patientId, anyway });
  if (!given.success) return { kind: "refused", wrong: await wrongOf(given.error) };
  const added = await addPatient(await doorDeps(), { actor, ...given.data, patientId });
  if (added.ok) {
    revalidatePath("/admin/patients");
    return { kind: "added", patient: added.value };
  }
  if (added.error.code === "PATIENT_ALIKE") return { kind: "alike", alike: added.error.alike };
  return { kind: "refused", wrong: at(added.error.code, sentenceOf(added.error, await getLocale())) };
}

/** Saves what was changed since `revision`, and no other field. */
export async function changeDetails(
  patientId: string,
  revision: number,
  typed: Partial<Values>,
): Promise<Changed> {
  const actor = await requireStaff(pages["/admin/patients/new"]);
  const given = patientChange.safeParse({ ...orNull(typed), revision });
  if (!given.success) return { kind: "refused", wrong: await wrongOf(given.error) };
  const { revision: from, ...change } = given.data;
  const done = await changePatient(await doorDeps(), {
    actor,
    patientId: String(patientId),
    revision: from,
    change,
  });
  revalidatePath("/admin/patients", "layout");
  if (!done.ok) {
    if (done.error.code === "PATIENT_CHANGED") return { kind: "conflict" };
    return { kind: "refused", wrong: at(done.error.code, sentenceOf(done.error, await getLocale())) };
  }
  const t = await getTranslations("patients.did");
  const { changed, messagesMoved } = done.value;
  const words = [
    t(changed.length > 0 ? "saved" : "nothing"),
    messagesMoved > 0 ? t("moved", { count: messagesMoved }) : "",
  ];
  return { kind: "saved", message: words.filter(Boolean).join(" ") };
}

/** Shows number and address. Recorded before they are shown. */
export async function showContact(_previous: Told, data: FormData): Promise<Told> {
  const actor = await requireStaff(pages["/admin/patients/[patientId]"]);
  const [t, locale] = await Promise.all([getTranslations("patients"), getLocale()]);
  const shown = await revealContact(await doorDeps(), {
    actor,
    patientId: String(data.get("patientId") ?? ""),
  });
  if (!shown.ok) return { kind: "refused", message: sentenceOf(shown.error, locale) };
  const { phone, email } = shown.value;
  return {
    kind: "done",
    message: t("shown", { phone: phone ?? t("noPhone"), email: email ?? t("noEmail") }),
  };
}

/** A new link in place of each that went to an old contact. */
export async function sendNewLinks(_previous: Told, data: FormData): Promise<Told> {
  const actor = await requireStaff(pages["/admin/patients/new"]);
  const [t, locale] = await Promise.all([getTranslations("patients.did"), getLocale()]);
  const done = await sendAnew(await doorDeps(), { actor, patientId: String(data.get("patientId") ?? "") });
  revalidatePath("/admin/patients", "layout");
  if (!done.ok) return { kind: "refused", message: sentenceOf(done.error, locale) };
  const { sent, refused } = done.value;
  const [first] = refused;
  if (first)
    return {
      kind: "refused",
      message: t("anewSome", { sent, failed: refused.length, why: sentenceOf(first, locale) }),
    };
  return { kind: "done", message: sent > 0 ? t("anew", { count: sent }) : t("anewNone") };
}

/** A refusal at the field that is to blame. */
const at = (code: string, sentence: string): Wrong =>
  code === "EXTERNAL_ID_TAKEN" ? { externalId: sentence } : { form: sentence };

async function wrongOf(error: z.ZodError): Promise<Wrong> {
  const t = await getTranslations("patients.wrong");
  const wrong: Wrong = {};
  for (const issue of error.issues) {
    const field = patientFields.find((one) => one === issue.path[0]);
    wrong[field ?? "form"] = t(field ?? "form");
  }
  return wrong;
}
