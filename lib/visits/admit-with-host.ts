import type { Actor } from "@/lib/kernel/actor";
import { err, type Result } from "@/lib/kernel/result";
import { type Admitted, admitParty } from "./admit-party";
import { connectedOf } from "./connected";
import type { Need } from "./deps";
import type { SeatRefusal } from "./refusals";
import { seatsOf } from "./seat";

/**
 * Lets the patient who waits in, as `admitParty` does, unless nobody is there to see them: then `CLINICIAN_ABSENT`, and nothing is changed. For
 * who acts from outside the call and may not see how things stand in it.
 */
export async function admitWithHost(
  deps: Need<"db" | "clock" | "meetings" | "recorder">,
  { actor, visitId }: { actor: Actor; visitId: string },
): Promise<Result<Admitted, SeatRefusal | { code: "CLINICIAN_ABSENT" }>> {
  const seats = await deps.db.asActor(actor, (tx) => seatsOf(tx, visitId));
  const connected = connectedOf(seats, deps.clock.now());
  if (connected?.patient.here && !connected.clinician.here) return err({ code: "CLINICIAN_ABSENT" });
  return admitParty(deps, { actor, visitId });
}
