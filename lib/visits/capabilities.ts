import type { Party } from "@/lib/kernel/party";
import { type Capabilities, everyCapability, noCapability, onlyReceives } from "@/lib/ports/meetings";

type Seat = { party: Party; admittedAt: Date | null; removedAt?: Date | null; maySpeakAt: Date | null };

/** A student is there to learn: seen and heard only once the clinician says so. Everybody else may speak as soon as they are let in. */
export function maySpeak({ party, maySpeakAt }: Pick<Seat, "party" | "maySpeakAt">): boolean {
  return party !== "student" || maySpeakAt !== null;
}

/** What the cloud is to let this seat send and receive. Enforced there, by each stream, whatever the page does. */
export function capabilitiesOf(seat: Seat): Capabilities {
  if (!seat.admittedAt || seat.removedAt) return noCapability;
  return maySpeak(seat) ? everyCapability : onlyReceives;
}
