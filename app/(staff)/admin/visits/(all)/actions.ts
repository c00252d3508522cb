"use server";

import { revalidatePath } from "next/cache";
import { getTranslations } from "next-intl/server";
import { pages } from "@/lib/auth/access";
import { requireStaff } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import type { PatientEntry } from "@/lib/patients/entry";
import { listPatients } from "@/lib/patients/list-patients";
import { keepView, removeView } from "@/lib/visits/saved-views";
import type { Saved } from "../../outcome";

export type Found = { patients: PatientEntry[]; tooMany: boolean };

/** Whose visits may be meant. Each search is recorded; its words are not. */
export async function findForList(_previous: Found | null, data: FormData): Promise<Found> {
  const actor = await requireStaff(pages["/admin/visits"]);
  const q = String(data.get("q") ?? "").slice(0, 100);
  if (!q.trim()) return { patients: [], tooMany: false };
  const { patients, tooMany } = await listPatients(await doorDeps(), { actor, q, limit: 25 });
  return { patients, tooMany: tooMany || patients.length === 25 };
}

/** Keeps what the list shows now under a name. */
export async function saveView(_previous: Saved, data: FormData): Promise<Saved> {
  const actor = await requireStaff(pages["/admin/visits"]);
  const t = await getTranslations("find.views");
  const [name, query] = [String(data.get("name") ?? ""), String(data.get("query") ?? "")];
  const kept = await keepView(await doorDeps(), { actor, name, query });
  if (!kept.ok) return { kind: "refused", errors: [{ path: "name", message: t(kept.error.code) }] };
  revalidatePath("/admin/visits");
  return { kind: "saved", message: t("saved") };
}

export async function dropView(_previous: Saved, data: FormData): Promise<Saved> {
  const actor = await requireStaff(pages["/admin/visits"]);
  await removeView(await doorDeps(), { actor, viewId: String(data.get("viewId") ?? "") });
  revalidatePath("/admin/visits");
  return { kind: "nothing" };
}
