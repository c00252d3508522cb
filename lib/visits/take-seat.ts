import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { linkCodes, videoVisits, visitSeats } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { type Cleanup, finishCleanups, noteCleanups } from "@/lib/cleanups/cloud-cleanups";
import { clerk } from "@/lib/kernel/actor";
import { isGuest, type Party } from "@/lib/kernel/party";
import type { StartedVisit } from "./answers";
import { capabilitiesOf, sameCapabilities } from "./capabilities";
import { tellQueue } from "./changed";
import type { Need } from "./deps";
import { findVisit, type VisitRow } from "./find-visit";
import type { Place } from "./place";
import { lengthen } from "./presence";
import { closedRefusal, type StartRefusal } from "./refusals";
import { findSeat, openCredentials, type SeatRow, sealCredentials } from "./seat";
import type { SeatActor } from "./seat-holder";
import { statusOf } from "./status";
import { openSession } from "./visit-session";

export type DeviceInfo = { hasCamera?: boolean; hasMicrophone?: boolean; browser?: string; os?: string };
type Deps = Need<"db" | "clock" | "keyring">;
type Taken =
  | { kind: "seated"; started: StartedVisit }
  /** The visit has another meeting by now: look again. */
  | { kind: "moved" }
  | { kind: "refused"; refusal: StartRefusal };

/** Phase 3: writes down who sits where. The visit's row lock orders rivals, so a double click makes one seat and one attendee. */
export async function takeSeat(
  deps: Deps,
  {
    actor,
    subject,
    place,
    deviceInfo,
  }: { actor: SeatActor; subject: string; place: Place; deviceInfo?: DeviceInfo },
): Promise<Taken> {
  const { visitId, voucherId, party } = actor;
  const now = deps.clock.now();
  return deps.db.asActor(actor, async (tx): Promise<Taken> => {
    const found = await findVisit(tx, visitId, { lock: true });
    if (!found) return { kind: "refused", refusal: { code: "TOKEN_INVALID" } };
    const { visit } = found;
    const closed = closedRefusal(statusOf(visit), visit);
    if (closed) return { kind: "refused", refusal: closed };
    const seat = await findSeat(tx, voucherId);
    if (seat?.removedAt) return { kind: "refused", refusal: { code: "PARTY_REMOVED" } };
    if (!fits(visit, place)) return { kind: "moved" };
    const other = anotherPlace(deps, seat, place);
    if (other || outdated(seat, party, place)) return { kind: "moved" };

    await recordMeeting(tx, visit, place, now);
    const hosted = party === "clinician" || (party === "patient" && visit.route === "connect");
    const admittedAt = seat?.admittedAt ?? (hosted ? now : null);
    const values = {
      meetingId: place.meeting.meetingId,
      attendeeId: place.attendee.attendeeId,
      credentials: sealCredentials(deps, voucherId, { attendee: place.attendee, contact: place.contact }),
      waitingSince: admittedAt
        ? (seat?.waitingSince ?? null)
        : seat && !seat.leftAt
          ? (seat.waitingSince ?? now)
          : now,
      admittedAt,
      leftAt: null,
      presentAt: now,
    };
    await tx
      .insert(visitSeats)
      .values({ voucherId, visitId, party, guestId: isGuest(party) ? subject : null, ...values })
      .onConflictDoUpdate({ target: visitSeats.voucherId, set: values });
    await lengthen(tx, actor, now);
    await tx.delete(linkCodes).where(eq(linkCodes.voucherId, voucherId));
    const session = await openSession(deps, tx, { visitId, voucherId, party });

    const facts = { visitId, tokenId: voucherId, actor };
    const device = deviceFacts(deviceInfo);
    const contact = place.contact && { contact_id: place.contact.contactId };
    if (!visit.startedAt)
      await recordAudit(tx, {
        event: "VISIT_STARTED",
        ...facts,
        metadata: {
          route: visit.route,
          meeting_id: place.meeting.meetingId,
          ...contact,
          device_info: device,
        },
      });
    const event = seat ? "PARTY_REJOINED" : admittedAt ? "PARTY_ADMITTED" : "PARTY_WAITING";
    await recordAudit(tx, { event, ...facts, metadata: { party, ...contact, device_info: device } });
    await tellQueue(tx, visitId);

    return {
      kind: "seated",
      started: {
        connectContact: place.contact,
        chimeJoinInfo: { meeting: place.meeting, attendee: place.attendee },
        visitSession: session,
        seatId: voucherId,
        party,
        admitted: admittedAt !== null,
        generation: place.attempt,
      },
    };
  });
}

/** True when the place is in the visit's own meeting, or in the one that is to follow it. */
function fits(visit: VisitRow, place: Place): boolean {
  return visit.meetingId === place.meeting.meetingId || place.attempt > visit.meetingAttempt;
}

/** A rival of the same holder was faster and sits elsewhere in this very meeting: theirs counts, for one seat has one attendee. */
function anotherPlace(deps: Deps, seat: SeatRow | null, place: Place): boolean {
  if (seat?.meetingId !== place.meeting.meetingId || !seat.attendeeId) return false;
  return openCredentials(deps, seat)?.attendee.attendeeId !== place.attendee.attendeeId;
}

/** The clinician let them do more, or less, while the cloud made their place. */
function outdated(seat: SeatRow | null, party: Party, { made }: Place): boolean {
  if (!made || party === "clinician") return false;
  const now = capabilitiesOf(seat ?? { party, admittedAt: null, maySpeakAt: null, mayShareAt: null });
  return !sameCapabilities(now, made);
}

async function recordMeeting(tx: Tx, visit: VisitRow, place: Place, now: Date): Promise<void> {
  const started = { startedAt: visit.startedAt ?? now };
  const sameMeeting = visit.meetingId === place.meeting.meetingId;
  await tx
    .update(videoVisits)
    .set(
      sameMeeting
        ? started
        : {
            ...started,
            meetingId: place.meeting.meetingId,
            meeting: place.meeting,
            meetingAttempt: sql`greatest(${videoVisits.meetingAttempt}, ${place.attempt})`,
            connectContactId: place.contact?.contactId ?? null,
          },
    )
    .where(eq(videoVisits.id, visit.id));
}

/** Takes back what phase 2 made and phase 3 could not use. */
export async function discardPlace(
  deps: Deps & Need<"meetings" | "contactCentre" | "log">,
  visitId: string,
  place: Place,
): Promise<void> {
  const ids = await deps.db.asActor(clerk, async (tx) => {
    const visit = (await findVisit(tx, visitId))?.visit;
    const current =
      visit && statusOf(visit) !== "CANCELLED" && !visit.endedAt && !visit.noShowAt ? visit : null;
    return noteCleanups(tx, visitId, unused(place, current));
  });
  await finishCleanups(deps, ids);
}

function unused(place: Place, open: VisitRow | null): Cleanup[] {
  if (place.contact) {
    const { contactId } = place.contact;
    return open?.connectContactId === contactId ? [] : [{ kind: "contact", target: contactId }];
  }
  const { meetingId } = place.meeting;
  if (!open) return [{ kind: "meeting", target: meetingId }];
  // In an open visit a rival may be using the meeting; only our attendee is surely nobody's.
  return [{ kind: "attendee", target: meetingId, attendeeId: place.attendee.attendeeId }];
}

/** Bounded, and nothing but what the seed names. */
function deviceFacts(device: DeviceInfo = {}): DeviceInfo {
  return {
    hasCamera: device.hasCamera,
    hasMicrophone: device.hasMicrophone,
    browser: device.browser?.slice(0, 200),
    os: device.os?.slice(0, 200),
  };
}
