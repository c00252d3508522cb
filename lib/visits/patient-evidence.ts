import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { visitSeats } from "@/db/schema";
import type { Party } from "@/lib/kernel/party";
import { type PresenceRow, presenceOf } from "./presence";

/** What is known of the patient's coming: enough to say that they did, and for how long. */
export type PatientEvidence = {
  /** ISO 8601. */
  firstCameAt: string;
  lastSeenAt: string;
  /** Of all that they were connected. */
  minutes: number;
  admitted: boolean;
};

/** Null: nothing says that the patient was ever there. */
export async function patientEvidence(tx: Tx, visitId: string): Promise<PatientEvidence | null> {
  const all = await presenceOf(tx, visitId);
  const rows = all.filter(({ party }) => party === "patient");
  const seats = await tx
    .select()
    .from(visitSeats)
    .where(and(eq(visitSeats.visitId, visitId), eq(visitSeats.party, "patient")));
  const times = [
    ...rows.flatMap(({ cameAt, seenAt }) => [cameAt, seenAt]),
    // Seats of before presence was written down.
    ...seats.flatMap(({ waitingSince, admittedAt, presentAt }) => [waitingSince, admittedAt, presentAt]),
  ]
    .filter((at) => at !== null)
    .map((at) => at.getTime());
  if (times.length === 0) return null;
  return {
    firstCameAt: new Date(Math.min(...times)).toISOString(),
    lastSeenAt: new Date(Math.max(...times)).toISOString(),
    minutes: minutesOf(all, "patient"),
    admitted: seats.some(({ admittedAt }) => admittedAt !== null),
  };
}

/** Whole minutes that this party was connected, over all their comings. */
export function minutesOf(rows: readonly PresenceRow[], of: Party): number {
  const theirs = rows.filter(({ party }) => party === of);
  const connectedMs = theirs.reduce((sum, row) => sum + row.seenAt.getTime() - row.cameAt.getTime(), 0);
  return Math.round(connectedMs / 60_000);
}
