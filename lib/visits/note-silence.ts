import { tellQueue } from "./changed";
import type { Need } from "./deps";
import { hereMs, isHere, notePresence } from "./presence";
import { findSeat } from "./seat";
import type { SeatActor } from "./seat-holder";

/**
 * A page's live channel closed: by a reload, a killed tab, a network that went. Its holder was there until now; if they are not back in
 * time, that is news to the visit's pages and to whoever waits for the same clinician.
 *
 * @param after calls once, in so many milliseconds. A process that dies meanwhile costs the news a heartbeat, no more.
 */
export async function noteSilence(
  deps: Need<"db" | "clock">,
  actor: SeatActor,
  after: (ms: number, run: () => Promise<void>) => void,
): Promise<void> {
  await deps.db.asActor(actor, (tx) => notePresence(tx, actor, deps.clock.now(), true));
  after(hereMs, () =>
    deps.db.asActor(actor, async (tx) => {
      const seat = await findSeat(tx, actor.voucherId);
      // Who left or was taken out is no news any more.
      if (!seat || seat.leftAt || seat.removedAt || isHere(seat, deps.clock.now())) return;
      await tellQueue(tx, actor.visitId);
    }),
  );
}
