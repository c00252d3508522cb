import type { Tx } from "@/db/as-actor";
import { type Actor, clerk } from "@/lib/kernel/actor";
import { err, type Result } from "@/lib/kernel/result";
import type { Need } from "./deps";
import { findVisit, type VisitRow, type VisitWithPeople } from "./find-visit";
import { closedRefusal, type VisitClosed, type VisitUnknown } from "./refusals";
import { statusOf } from "./status";
import { windowEndsAt } from "./window";

/** Somebody signed in whose account stands for a patient's record (or for none: then no visit is theirs). */
export type Patient = Extract<Actor, { kind: "person" }>;

/** From then on the patient's own page opens the door: when the last reminder brings its link too. Whoever is early waits inside. */
const doorOpensMinutes = 60;
export const doorOpensAt = ({ scheduledAt }: Pick<VisitRow, "scheduledAt">) =>
  new Date(scheduledAt.getTime() - doorOpensMinutes * 60_000);

/** A visit of this patient's, as they see it themselves. Null: none, or another's: the same answer. */
export async function findOwnVisit(
  tx: Tx,
  patient: Patient,
  visitId: string,
): Promise<VisitWithPeople | null> {
  const found = await findVisit(tx, visitId);
  return found && isTheirs(found, patient) ? found : null;
}

const isTheirs = ({ visit }: VisitWithPeople, { id, role }: Patient) =>
  role === "customer" && visit.patientId === id;

/**
 * Does for a patient what their own rows don't reach (links are the clinic's to make), on an open visit of theirs which nobody else changes
 * meanwhile. Theirs it is by two walls: row-level security shows it to them, and its record is the one that they are signed in to, still.
 */
export async function forOwnVisit<T, E extends { code: string }>(
  deps: Need<"db">,
  { patient, visitId }: { patient: Patient; visitId: string },
  work: (tx: Tx, found: VisitWithPeople) => Promise<Result<T, E>>,
): Promise<Result<T, E | VisitUnknown | VisitClosed>> {
  const seen = await deps.db.asActor(patient, (tx) => findOwnVisit(tx, patient, visitId));
  if (!seen) return err({ code: "VISIT_UNKNOWN" });
  return deps.db.asActor(clerk, async (tx) => {
    const found = await findVisit(tx, visitId, { lock: true });
    if (!found || !isTheirs(found, patient)) return err({ code: "VISIT_UNKNOWN" } as const);
    const closed = closedRefusal(statusOf(found.visit), found.visit);
    return closed ? err(closed) : work(tx, found);
  });
}

/** Why a visit cannot be joined from the patient's page just now; null: the door is open. */
export function doorRefusal(
  visit: VisitRow,
  now: Date,
): { code: "VISIT_WINDOW_CLOSED" } | { code: "DOOR_NOT_OPEN"; opensAt: string } | null {
  if (windowEndsAt(visit) <= now) return { code: "VISIT_WINDOW_CLOSED" };
  const opensAt = doorOpensAt(visit);
  if (statusOf(visit) === "ACTIVE" || opensAt <= now) return null;
  return { code: "DOOR_NOT_OPEN", opensAt: opensAt.toISOString() };
}
