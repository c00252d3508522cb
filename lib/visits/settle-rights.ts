import { ok, type Result } from "@/lib/kernel/result";
import type { Capabilities, CloudRefusal } from "@/lib/ports/meetings";
import { capabilitiesOf, sameCapabilities } from "./capabilities";
import type { Need } from "./deps";
import type { SeatRow } from "./seat";

/** What the seat may send and receive from now on. Whoever has lost their place gets it with the next one: that is no fault. */
export async function tellCloud(
  { meetings }: Need<"meetings">,
  { meetingId, attendeeId }: SeatRow,
  capabilities: Capabilities,
): Promise<Result<void, CloudRefusal>> {
  if (!meetingId || !attendeeId) return ok(undefined);
  const set = await meetings.setCapabilities(meetingId, attendeeId, capabilities);
  if (!set.ok && (set.error.code === "CLOUD_THROTTLED" || set.error.code === "CLOUD_UNAVAILABLE"))
    return { ok: false, error: set.error };
  return ok(undefined);
}

/**
 * Two may change one seat at once, each by what they saw of it: what the cloud was told last then needn't be what the record says. So whoever records,
 * under the visit's lock, tells the cloud again where it was told otherwise.
 *
 * @param seat as it is about to be recorded. @param told what the cloud was told, and of whom; null: nothing.
 */
export async function settleRights(
  deps: Need<"meetings">,
  seat: SeatRow,
  told: { attendeeId: string | null; capabilities: Capabilities } | null,
): Promise<Result<void, CloudRefusal>> {
  if (!seat.admittedAt) return ok(undefined);
  const due = capabilitiesOf(seat);
  const known = told?.attendeeId === seat.attendeeId && sameCapabilities(told.capabilities, due);
  return known ? ok(undefined) : tellCloud(deps, seat, due);
}
