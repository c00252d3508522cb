import { eq } from "drizzle-orm";
import { visitSeats } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { capabilitiesOf } from "./capabilities";
import { tellChanged } from "./changed";
import type { Need } from "./deps";
import { findVisit } from "./find-visit";
import { mayHostParty } from "./permit";
import { closedRefusal, type SpeakRefusal } from "./refusals";
import { findSeat, type SeatRow, seatsOf, sitsToHost } from "./seat";
import { settleRights, tellCloud } from "./settle-rights";
import { statusOf } from "./status";

type Deps = Need<"db" | "clock" | "meetings">;
type Asked = { actor: Actor; visitId: string; seatId: string };
type Right = {
  column: "maySpeakAt" | "mayShareAt";
  given: "PARTY_MAY_SPEAK" | "PARTY_MAY_SHARE";
  taken: "PARTY_LISTENS" | "PARTY_SHARES_NO_MORE";
  /** Why there is nothing to give to this seat. */
  refuse(seat: SeatRow): SpeakRefusal | null;
};

/** Lets a student be heard and seen, or not any more. Where the student only waits, it counts from admission on. */
export async function letSpeak(deps: Deps, { maySpeak, ...asked }: Asked & { maySpeak: boolean }) {
  const done = await changeRight(deps, speaking, asked, maySpeak);
  return done.ok ? ok({ visitId: asked.visitId, seatId: asked.seatId, maySpeak }) : done;
}

/** Lets somebody inside show their screen, or not any more: what they show then is seen by nobody from the next packet on. */
export async function letShare(deps: Deps, { mayShare, ...asked }: Asked & { mayShare: boolean }) {
  const done = await changeRight(deps, sharing, asked, mayShare);
  return done.ok ? ok({ visitId: asked.visitId, seatId: asked.seatId, mayShare }) : done;
}

const speaking: Right = {
  column: "maySpeakAt",
  given: "PARTY_MAY_SPEAK",
  taken: "PARTY_LISTENS",
  refuse: ({ party }) => (party === "student" ? null : { code: "SPEAKS_ANYWAY" }),
};
const sharing: Right = {
  column: "mayShareAt",
  given: "PARTY_MAY_SHARE",
  taken: "PARTY_SHARES_NO_MORE",
  refuse: ({ admittedAt }) => (admittedAt ? null : { code: "SEAT_UNKNOWN" }),
};

/** The cloud first, which enforces it, then the record: should we die between, the clinician presses again. */
async function changeRight(
  deps: Deps,
  right: Right,
  { actor, visitId, seatId }: Asked,
  give: boolean,
): Promise<Result<void, SpeakRefusal>> {
  const change = { [right.column]: give ? deps.clock.now() : null };
  const look = await deps.db.asActor(actor, async (tx): Promise<Result<SeatRow, SpeakRefusal>> => {
    const found = await findVisit(tx, visitId);
    if (!found) return err({ code: "VISIT_UNKNOWN" });
    if (!mayHostParty(actor, found.visit)) return err({ code: "FORBIDDEN" });
    const closed = closedRefusal(statusOf(found.visit), found.visit);
    if (closed) return err(closed);
    const seats = await seatsOf(tx, visitId);
    if (!sitsToHost(actor, seats)) return err({ code: "FORBIDDEN" });
    return giveable(
      right,
      seats.find(({ voucherId }) => voucherId === seatId),
    );
  });
  if (!look.ok) return look;
  const before = look.value;
  const capabilities = capabilitiesOf({ ...before, ...change });
  const told = before.admittedAt ? { attendeeId: before.attendeeId, capabilities } : null;
  if (told) {
    const taken = await tellCloud(deps, before, capabilities);
    if (!taken.ok) return taken;
  }
  return deps.db.asActor(actor, async (tx): Promise<Result<void, SpeakRefusal>> => {
    await findVisit(tx, visitId, { lock: true });
    const now = giveable(right, await findSeat(tx, seatId));
    if (!now.ok) return now;
    const settled = await settleRights(deps, { ...now.value, ...change }, told);
    if (!settled.ok) return settled;
    await tx.update(visitSeats).set(change).where(eq(visitSeats.voucherId, seatId));
    await recordAudit(tx, {
      event: give ? right.given : right.taken,
      actor,
      visitId,
      tokenId: seatId,
      metadata: { party: before.party },
    });
    await tellChanged(tx, visitId);
    return ok(undefined);
  });
}

function giveable(right: Right, seat: SeatRow | null | undefined): Result<SeatRow, SpeakRefusal> {
  if (!seat || seat.removedAt) return err({ code: "SEAT_UNKNOWN" });
  const refusal = right.refuse(seat);
  return refusal ? err(refusal) : ok(seat);
}
