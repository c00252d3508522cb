import { randomUUID } from "node:crypto";
import type { Tx } from "@/db/as-actor";
import { visitGuests } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import type { GuestRole } from "@/lib/kernel/party";
import type { Need } from "./deps";
import { type GuestRow, guestsPerVisit } from "./guests";
import type { GuestsRefusal } from "./refusals";

/** Somebody whom staff ask to a visit. */
export type GivenGuest = {
  role: GuestRole;
  /** A first name: what the others are shown, beside the role. */
  name: string;
  /** E.164. */
  phone?: string;
  email?: string;
  /** English where not given. */
  locale?: string;
  /** IANA; the patient's where not given. */
  timeZone?: string;
};

/** Why so many guests cannot be asked to a visit of that route; null when they can. */
export function guestsRefusal(count: number, route: string): GuestsRefusal | null {
  if (count === 0) return null;
  if (route === "connect") return { code: "GUESTS_NEED_MEETING" };
  return count > guestsPerVisit ? { code: "GUESTS_FULL" } : null;
}

/** Writes somebody down as asked to a visit, in the caller's transaction. Nobody is told by it and no link is made: see `sendLinks`. */
export async function addGuest(
  deps: Need<"clock">,
  tx: Tx,
  {
    visitId,
    patientZone,
    given,
    actor,
  }: { visitId: string; patientZone: string; given: GivenGuest; actor: Actor },
): Promise<GuestRow> {
  const guest: GuestRow = {
    id: randomUUID(),
    visitId,
    role: given.role,
    name: given.name,
    phone: given.phone ?? null,
    email: given.email ?? null,
    timeZone: given.timeZone ?? patientZone,
    locale: given.locale ?? "en",
    invitedBy: actor.kind === "person" || actor.kind === "api-key" ? actor.id : actor.kind,
    createdAt: deps.clock.now(),
    revokedAt: null,
  };
  await tx.insert(visitGuests).values(guest);
  await recordAudit(tx, {
    event: "GUEST_INVITED",
    actor,
    visitId,
    metadata: { guestId: guest.id, party: guest.role },
  });
  return guest;
}
