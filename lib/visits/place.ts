import { err, ok, type Result } from "@/lib/kernel/result";
import type { Contact } from "@/lib/ports/contact-centre";
import { type Capabilities, type CloudRefusal, everyCapability, type Meeting } from "@/lib/ports/meetings";
import type { Voucher } from "@/lib/vouchers/voucher";
import { capabilitiesOf } from "./capabilities";
import type { Need } from "./deps";
import type { VisitRow } from "./find-visit";
import { openCredentials, type SeatCredentials, type SeatRow } from "./seat";

/** A seat's place in a meeting, as the cloud knows it. `attempt` counts the meetings that this visit has had. */
export type Place = SeatCredentials & {
  meeting: Meeting;
  attempt: number;
  /** What an attendee that was just made may do, as the seat stood when we looked. */
  made?: Capabilities;
};
export type PlaceRefusal =
  | CloudRefusal
  | { code: "CONTACT_REFUSED"; reason: string }
  | { code: "MEETING_FULL" };
type Asked = { visit: VisitRow; seat: SeatRow | null; voucher: Voucher };

/** Six people, and each may come back with another device: an attendee that has gone leaves its place only later. */
export const maxAttendees = 12;
/** A meeting that ended while we looked is made anew; that this happens twice in a row is no coincidence any more. */
const remakes = 2;

/**
 * Finds or makes a seat's place in the visit's meeting. Every call to the cloud may be repeated: the same visit and attempt are the same
 * meeting or contact, so a crash between here and the database costs nothing but time.
 */
export async function findPlace(
  deps: Need<"meetings" | "contactCentre" | "keyring">,
  asked: Asked,
): Promise<Result<Place, PlaceRefusal>> {
  return asked.visit.route === "connect" ? placeInContact(deps, asked) : placeInMeeting(deps, asked);
}

async function placeInMeeting(
  deps: Need<"meetings" | "keyring">,
  { visit, seat, voucher }: Asked,
): Promise<Result<Place, PlaceRefusal>> {
  const { meetings } = deps;
  let attempt = visit.meetingAttempt;
  let meeting = visit.meetingId ? (visit.meeting as Meeting) : null;

  const kept = seat && openCredentials(deps, seat);
  if (kept && meeting && seat.meetingId === meeting.meetingId) {
    const alive = await meetings.get(meeting.meetingId);
    if (alive.ok) return ok({ ...kept, meeting: alive.value, attempt });
    if (alive.error.code !== "MEETING_ENDED") return cloudOnly(alive.error);
    meeting = null;
  }

  const { party } = voucher;
  const capabilities =
    party === "clinician"
      ? everyCapability
      : capabilitiesOf({
          ...seat,
          party,
          admittedAt: seat?.admittedAt ?? null,
          maySpeakAt: seat?.maySpeakAt ?? null,
          mayShareAt: seat?.mayShareAt ?? null,
        });
  for (let remade = 0; ; remade++) {
    if (!meeting) {
      attempt += 1;
      const made = await meetings.create({
        clientToken: `visit-${visit.id}-${attempt}`,
        externalMeetingId: `visit-${visit.id}`,
        maxAttendees,
      });
      if (!made.ok) return made;
      meeting = made.value;
    }
    const added = await meetings.addAttendee(meeting.meetingId, {
      externalUserId: `${voucher.party}-${voucher.id}`,
      capabilities,
    });
    if (added.ok) return ok({ attendee: added.value, contact: null, meeting, attempt, made: capabilities });
    if (added.error.code !== "MEETING_ENDED") return cloudOnly(added.error);
    if (remade >= remakes) return err({ code: "CLOUD_UNAVAILABLE", retryAfterMs: 3_000 });
    meeting = null;
  }
}

/** The patient's side of route `connect`: Connect makes the meeting, and rings at the desk of the visit's own clinician. */
async function placeInContact(
  deps: Need<"contactCentre" | "keyring">,
  { visit, seat, voucher }: Asked,
): Promise<Result<Place, PlaceRefusal>> {
  const { contactCentre } = deps;
  const kept = seat && openCredentials(deps, seat);
  let attempt = visit.meetingAttempt;
  if (kept?.contact && visit.connectContactId === kept.contact.contactId) {
    const state = await contactCentre.describeContact(kept.contact.contactId);
    if (!state.ok && state.error.code !== "CONTACT_UNKNOWN") return err(state.error);
    if (state.ok && !state.value.disconnectedAt)
      return ok({ ...kept, meeting: visit.meeting as Meeting, attempt });
  }
  // Without one, or while nobody can say, it rings at whoever takes visits.
  const agent = await contactCentre.findAgent(visit.clinicianId);
  const clinician: Record<string, string> = agent.ok && agent.value ? { clinician_agent: agent.value } : {};
  for (let remade = 0; ; remade++) {
    attempt += 1;
    const started = await contactCentre.startWebRtcContact({
      clientToken: `visit-${visit.id}-${attempt}`,
      flow: "video",
      displayName: pseudonym(voucher.id),
      attributes: { visit_ref: visit.id, ...clinician },
      video: true,
    });
    if (!started.ok) return started;
    // A client token lives seven days: it may name a contact that ended before we could write it down.
    const state = await contactCentre.describeContact(started.value.contactId);
    if (!state.ok && state.error.code !== "CONTACT_UNKNOWN") return err(state.error);
    if (!state.ok || !state.value.disconnectedAt) return ok({ ...credentialsOf(started.value), attempt });
    if (remade >= remakes) return err({ code: "CLOUD_UNAVAILABLE", retryAfterMs: 3_000 });
  }
}

function credentialsOf({ meeting, attendee, ...contact }: Contact): SeatCredentials & { meeting: Meeting } {
  return { meeting, attendee, contact };
}

/** What an agent's screen shows before anything is verified: a name that says nothing. */
function pseudonym(voucherId: string): string {
  return `Visitor ${voucherId.slice(0, 4).toUpperCase()}`;
}

/** Refusals that cannot follow from what we asked are the cloud's trouble, not the caller's. */
function cloudOnly(refusal: { code: string; retryAfterMs?: number }): { ok: false; error: PlaceRefusal } {
  if (refusal.code === "MEETING_FULL") return err({ code: "MEETING_FULL" });
  const code = refusal.code === "CLOUD_THROTTLED" ? "CLOUD_THROTTLED" : "CLOUD_UNAVAILABLE";
  return err({ code, retryAfterMs: refusal.retryAfterMs ?? 3_000 });
}
