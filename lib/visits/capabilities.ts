import type { Party } from "@/lib/kernel/party";
import { type Capabilities, everyCapability, noCapability, onlyReceives } from "@/lib/ports/meetings";

type Leave = { party: Party; maySpeakAt: Date | null; mayShareAt: Date | null };
type Seat = Leave & { admittedAt: Date | null; removedAt?: Date | null };

/** A student is there to learn: seen and heard only once the clinician says so. Everybody else may speak as soon as they are let in. */
export function maySpeak({ party, maySpeakAt }: Omit<Leave, "mayShareAt">): boolean {
  return party !== "student" || maySpeakAt !== null;
}

/** A clinician shows a screen as they please; whoever else may speak, with the clinician's leave. */
export function mayShare(seat: Leave): boolean {
  return seat.party === "clinician" || (seat.mayShareAt !== null && maySpeak(seat));
}

/** What the cloud is to let this seat send and receive. Enforced there, by each stream, whatever the page does. */
export function capabilitiesOf(seat: Seat): Capabilities {
  if (!seat.admittedAt || seat.removedAt) return noCapability;
  if (!maySpeak(seat)) return onlyReceives;
  return mayShare(seat) ? everyCapability : { ...everyCapability, content: "Receive" };
}

export function sameCapabilities(one: Capabilities, other: Capabilities): boolean {
  return one.audio === other.audio && one.video === other.video && one.content === other.content;
}
