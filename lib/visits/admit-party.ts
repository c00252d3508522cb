import { eq } from "drizzle-orm";
import { videoVisits, visitSeats } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { Capabilities, Meeting } from "@/lib/ports/meetings";
import { beforeNewcomer } from "@/lib/recordings/before-newcomer";
import { capabilitiesOf } from "./capabilities";
import { tellQueue } from "./changed";
import type { Need } from "./deps";
import { findVisit, type VisitRow } from "./find-visit";
import { mayHostParty } from "./permit";
import { maxAttendees } from "./place";
import { closedRefusal, type SeatRefusal } from "./refusals";
import { findSeat, type SeatRow, seatsOf, sitsToHost } from "./seat";
import { settleRights } from "./settle-rights";
import { statusOf } from "./status";

type Deps = Need<"db" | "clock" | "meetings" | "recorder">;
export type Admitted = { visitId: string; admitted: string[] };
/** What the cloud said: the seat's place is open, its attendee is gone, or the meeting is and this is the next one. */
type Opened =
  | { kind: "open"; capabilities: Capabilities }
  | { kind: "attendee-gone" }
  | { kind: "remade"; meeting: Meeting; attempt: number };

/**
 * Lets parties in from the waiting room: the named seat (also one that had been taken out), or the patient who waits. A guest is let in
 * by their seat only: nobody comes along with another.
 * The cloud first, then the record: should we die between, the patient is merely still shown as waiting, and admitting again is harmless.
 */
export async function admitParty(
  deps: Deps,
  { actor, visitId, seatId }: { actor: Actor; visitId: string; seatId?: string },
): Promise<Result<Admitted, SeatRefusal>> {
  const look = await deps.db.asActor(
    actor,
    async (tx): Promise<Result<{ visit: VisitRow; seats: SeatRow[] }, SeatRefusal>> => {
      const found = await findVisit(tx, visitId);
      if (!found) return err({ code: "VISIT_UNKNOWN" });
      if (!mayHostParty(actor, found.visit)) return err({ code: "FORBIDDEN" });
      const closed = closedRefusal(statusOf(found.visit), found.visit);
      if (closed) return err(closed);
      if (!found.visit.startedAt) return err({ code: "VISIT_NOT_ACTIVE" });
      const seats = await seatsOf(tx, visitId);
      if (!sitsToHost(actor, seats)) return err({ code: "FORBIDDEN" });
      return ok({ visit: found.visit, seats });
    },
  );
  if (!look.ok) return look;
  const { visit, seats } = look.value;
  const chosen = seatId
    ? seats.filter((seat) => seat.voucherId === seatId)
    : seats.filter((seat) => seat.party === "patient" && !seat.admittedAt && !seat.removedAt && !seat.leftAt);
  if (seatId && chosen.length === 0) return err({ code: "SEAT_UNKNOWN" });

  let meeting = { meetingId: visit.meetingId, attempt: visit.meetingAttempt };
  for (const seat of chosen) {
    if (seat.admittedAt && !seat.removedAt) continue;
    const cleared = await beforeNewcomer(deps, { call: { visitId }, link: seat.voucherId, actor });
    if (!cleared.ok) return cleared;
    const opened = await openInCloud(deps, visit, seat, meeting);
    if (!opened.ok) return opened;
    if (opened.value.kind === "remade")
      meeting = { meetingId: opened.value.meeting.meetingId, attempt: opened.value.attempt };
    const recorded = await recordAdmission(deps, actor, visitId, seat, opened.value);
    if (!recorded.ok) return recorded;
  }
  return ok({ visitId, admitted: chosen.map((seat) => seat.voucherId) });
}

async function openInCloud(
  { meetings }: Deps,
  visit: VisitRow,
  seat: SeatRow,
  now: { meetingId: string | null; attempt: number },
): Promise<Result<Opened, SeatRefusal>> {
  // No place, or one in an earlier meeting: its page starts again and is then let straight in.
  if (!seat.attendeeId || !seat.meetingId || seat.meetingId !== now.meetingId)
    return ok({ kind: "attendee-gone" });
  const capabilities = capabilitiesOf({ ...seat, admittedAt: new Date(), removedAt: null });
  const set = await meetings.setCapabilities(seat.meetingId, seat.attendeeId, capabilities);
  if (set.ok) return ok({ kind: "open", capabilities });
  if (set.error.code === "CLOUD_THROTTLED" || set.error.code === "CLOUD_UNAVAILABLE") return err(set.error);
  // The cloud says "not found" of a missing attendee and of a missing meeting alike: ask which.
  const alive = await meetings.get(seat.meetingId);
  if (alive.ok) return ok({ kind: "attendee-gone" });
  if (alive.error.code === "CLOUD_THROTTLED" || alive.error.code === "CLOUD_UNAVAILABLE")
    return err(alive.error);
  const attempt = now.attempt + 1;
  const made = await meetings.create({
    clientToken: `visit-${visit.id}-${attempt}`,
    externalMeetingId: `visit-${visit.id}`,
    maxAttendees,
  });
  return made.ok ? ok({ kind: "remade", meeting: made.value, attempt }) : made;
}

async function recordAdmission(
  deps: Deps,
  actor: Actor,
  visitId: string,
  seat: SeatRow,
  opened: Opened,
): Promise<Result<void, SeatRefusal>> {
  return deps.db.asActor(actor, async (tx): Promise<Result<void, SeatRefusal>> => {
    const found = await findVisit(tx, visitId, { lock: true });
    if (!found) return err({ code: "VISIT_UNKNOWN" });
    const closed = closedRefusal(statusOf(found.visit), found.visit);
    if (closed) return err(closed);
    const admission = { admittedAt: deps.clock.now(), removedAt: null };
    const now = await findSeat(tx, seat.voucherId);
    if (!now) return err({ code: "SEAT_UNKNOWN" });
    if (opened.kind === "open") {
      const told = { attendeeId: seat.attendeeId, capabilities: opened.capabilities };
      const settled = await settleRights(deps, { ...now, ...admission }, told);
      if (!settled.ok) return settled;
    }
    // A rival may have made the next meeting before us; then theirs counts.
    if (opened.kind === "remade" && found.visit.meetingAttempt < opened.attempt)
      await tx
        .update(videoVisits)
        .set({ meetingId: opened.meeting.meetingId, meeting: opened.meeting, meetingAttempt: opened.attempt })
        .where(eq(videoVisits.id, visitId));
    await tx
      .update(visitSeats)
      .set({
        ...admission,
        ...(opened.kind === "attendee-gone" && { attendeeId: null, credentials: null }),
      })
      .where(eq(visitSeats.voucherId, seat.voucherId));
    await recordAudit(tx, {
      event: "PARTY_ADMITTED",
      actor,
      visitId,
      tokenId: seat.voucherId,
      metadata: { party: seat.party },
    });
    await tellQueue(tx, visitId);
    return ok(undefined);
  });
}
