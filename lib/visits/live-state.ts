import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { clinics, outbox } from "@/db/schema";
import { timeLineLength } from "@/lib/audit/visit-time-line";
import type { Actor } from "@/lib/kernel/actor";
import { isGuest, type Principal } from "@/lib/kernel/party";
import { err, ok, type Result } from "@/lib/kernel/result";
import { liveRecording } from "@/lib/recordings/live-recording";
import { recordingsOf } from "@/lib/recordings/recording";
import type { LiveParty, LiveState, SeatState } from "./answers";
import { arrivalsOf } from "./arrival";
import { callChanges, openRequest } from "./call-requests";
import { mayShare, maySpeak } from "./capabilities";
import { keepsChat } from "./chat";
import type { Need } from "./deps";
import { checksOf } from "./device-check";
import { feedbackCount } from "./feedback";
import { findVisit, type VisitWithPeople } from "./find-visit";
import { type GuestRow, guestsOf } from "./guests";
import { isHere, notePresence } from "./presence";
import { queueOf } from "./queue";
import type { VisitUnknown } from "./refusals";
import { type SeatRow, seatsOf } from "./seat";
import type { SeatActor } from "./seat-holder";
import { isOpen, statusOf } from "./status";
import { toldWaiting } from "./tell-waiting";

/** `seat`: who holds one, proven by `seatHolder`. `staff`: who watches, as far as they may see the visit. */
export type Viewer = { kind: "seat"; actor: SeatActor } | { kind: "staff"; actor: Actor };

/** Who is where in a visit, now, as this viewer may know it. Also notes that the holder of a seat is there. */
export async function liveState(
  deps: Need<"db" | "clock" | "keyring" | "recorder">,
  { visitId, viewer }: { visitId: string; viewer: Viewer },
): Promise<Result<LiveState, VisitUnknown>> {
  return deps.db.asActor(viewer.actor, async (tx): Promise<Result<LiveState, VisitUnknown>> => {
    const found = await findVisit(tx, visitId);
    if (!found) return err({ code: "VISIT_UNKNOWN" });
    const { visit } = found;
    const now = deps.clock.now();
    if (viewer.kind === "seat") await notePresence(tx, viewer.actor, now);
    const seats = await seatsOf(tx, visitId);
    const status = statusOf(visit);
    const own =
      viewer.kind === "seat" ? seats.find((seat) => seat.voucherId === viewer.actor.voucherId) : undefined;
    const party = viewer.kind === "seat" ? viewer.actor.party : null;
    const admitted = Boolean(own?.admittedAt && !own.removedAt);
    return ok({
      status,
      generation: visit.meetingAttempt,
      now: now.toISOString(),
      you: {
        party,
        admitted,
        removed: Boolean(own?.removedAt),
        rejoin: Boolean(
          own &&
            isOpen(status) &&
            !own.removedAt &&
            !own.leftAt &&
            (!own.attendeeId || own.meetingId !== visit.meetingId),
        ),
        maySpeak: party !== null && maySpeak({ party, maySpeakAt: own?.maySpeakAt ?? null }),
        mayShare: own !== undefined && mayShare(own),
      },
      lateMinutes: isOpen(status) ? visit.lateMinutes : null,
      lateUntil: isOpen(status) ? (visit.lateUntil?.toISOString() ?? null) : null,
      chatKept: admitted && (await keepsChat(tx)),
      ...(own &&
        admitted && {
          mayRecord:
            party === "clinician" &&
            visit.route !== "connect" &&
            deps.recorder !== null &&
            (await keepsRecordings(tx)),
          recording: await liveRecording(tx, { visitId }, own.voucherId),
        }),
      callAskedAt:
        party === null || isGuest(party)
          ? null
          : ((await openRequest(tx, visitId))?.createdAt.toISOString() ?? null),
      ...(party === "patient" &&
        isOpen(status) &&
        own?.waitingSince &&
        !admitted &&
        !own.removedAt && { queue: await queueOf(tx, now), told: await toldWaiting(deps, tx, visitId) }),
      ...(viewer.kind === "staff" && {
        here: seats.filter((seat) => isHere(seat, now)).map(({ voucherId }) => voucherId),
        changes:
          (await messageChanges(tx, visitId)) +
          (await arrivalsOf(tx, visitId)) +
          (await feedbackCount(tx, visitId)) +
          (await callChanges(tx, visitId)) +
          (await checksOf(tx, visitId)) +
          (await recordingsOf(tx, { visitId })) +
          (await timeLineLength(tx, visitId)),
      }),
      parties: everybody(found, seats, await guestsOf(tx, visitId), viewer).filter(
        ({ party: other, seatId }) =>
          // Who is with whom is no business of somebody who was not let in.
          party === null || !isGuest(party) || admitted || other === "clinician" || seatId === own?.voucherId,
      ),
    });
  });
}

/** Whether an administrator has said that calls may be recorded. */
async function keepsRecordings(tx: Tx): Promise<boolean> {
  const [clinic] = await tx.select({ days: clinics.recordingDays }).from(clinics);
  return clinic?.days != null;
}

/** How many things are known of the visit's messages: a number that only rises, so that a page knows when to look again. */
async function messageChanges(tx: Tx, visitId: string): Promise<number> {
  const { sentAt, failedAt, droppedAt, deliveredAt, bouncedAt, undeliverableAt } = outbox;
  const [row] = await tx
    .select({
      known: sql<number>`(count(*) + count(${sentAt}) + count(${failedAt}) + count(${droppedAt})
        + count(${deliveredAt}) + count(${bouncedAt}) + count(${undeliverableAt}))::int`,
    })
    .from(outbox)
    .where(eq(outbox.visitId, visitId));
  return row?.known ?? 0;
}

/** Patient, clinician, then guests as invited; one of nobody where none has come. */
function everybody(
  found: VisitWithPeople,
  seats: SeatRow[],
  guests: readonly GuestRow[],
  viewer: Viewer,
): LiveParty[] {
  const principals = (["patient", "clinician"] as const).flatMap((party) => {
    const taken = seats.filter((seat) => seat.party === party);
    return entriesOf({ party, guestId: null, name: nameFor(found, party, viewer) }, taken);
  });
  const others = guests.flatMap(({ id, role, name }) => {
    const taken = seats.filter(({ guestId }) => guestId === id);
    return entriesOf({ party: role, guestId: id, name }, taken);
  });
  return [...principals, ...others];
}

/** One entry for each seat of a person, oldest waiting first. */
function entriesOf(who: Pick<LiveParty, "party" | "guestId" | "name">, seats: SeatRow[]): LiveParty[] {
  if (seats.length === 0) {
    const speaks = maySpeak({ party: who.party, maySpeakAt: null });
    return [{ ...who, seatId: null, state: "absent", waitingSince: null, maySpeak: speaks }];
  }
  const since = (seat: SeatRow) => seat.waitingSince?.getTime() ?? 0;
  return [...seats]
    .sort((a, b) => since(a) - since(b))
    .map((seat) => {
      const state = stateOf(seat);
      const waitingSince = state === "waiting" ? (seat.waitingSince?.toISOString() ?? null) : null;
      return { ...who, seatId: seat.voucherId, state, waitingSince, maySpeak: maySpeak(seat) };
    });
}

function stateOf(seat: SeatRow): SeatState {
  if (seat.removedAt || seat.leftAt) return "left";
  return seat.admittedAt ? "in-call" : "waiting";
}

/** A patient is named to signed-in staff only: a clinician's link may be opened by whoever was sent it. */
function nameFor({ patient, clinician }: VisitWithPeople, party: Principal, viewer: Viewer): string {
  if (party === "clinician") return `${clinician.title ?? ""} ${clinician.firstName}`.trim();
  return viewer.kind === "staff" ? patient.firstName : "Patient";
}
