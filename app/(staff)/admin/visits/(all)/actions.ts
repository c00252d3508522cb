"use server";

import { pages } from "@/lib/auth/access";
import { requireStaff } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { listPatients, type PatientEntry } from "@/lib/visits/list-people";

export type Found = { patients: PatientEntry[]; tooMany: boolean };

/** Whose visits may be meant. Each search is recorded; its words are not. */
export async function findForList(_previous: Found | null, data: FormData): Promise<Found> {
  const actor = await requireStaff(pages["/admin/visits"]);
  const q = String(data.get("q") ?? "").slice(0, 100);
  if (!q.trim()) return { patients: [], tooMany: false };
  const { patients, tooMany } = await listPatients(await doorDeps(), { actor, q, limit: 25 });
  return { patients, tooMany: tooMany || patients.length === 25 };
}
