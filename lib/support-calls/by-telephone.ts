import { and, eq, isNull } from "drizzle-orm";
import { supportCalls } from "@/db/schema";
import { clerk } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import {
  type Attendee,
  type CloudRefusal,
  everyCapability,
  type MeetingsRefusal,
} from "@/lib/ports/meetings";
import type { SipBridge } from "@/lib/ports/sip-bridge";
import type { CallDeps, CallRow } from "./deps";
import { closeCall, stopInCloud } from "./end-call";
import { keepPlace, type Place, type Placed, readPlaced, signContext } from "./place";

type Deps = Pick<
  CallDeps,
  "db" | "clock" | "keyring" | "signer" | "contactCentre" | "meetings" | "sipBridge" | "log"
>;

/** Whose a meeting is, and that a call may be placed from it, is believed for so long; no call lasts longer. Milliseconds. */
const meetingMaxMs = 4 * 60 * 60_000;
/** The caller, the telephone, and the seats that tabs take which click together; each but the first gives its own back. */
const seatsMax = 12;
/** Placing a call takes no longer than a cloud's deadline: what has none by then was left by a process that died. Milliseconds. */
const placingMaxMs = 15_000;

/**
 * Route `sip`: a meeting of the caller's own, which a telephone leg joins that rings the contact centre and brings the signed caller context in its
 * `X-Auth-Token` (seed 0, steps 2 and 3). The contact is the contact centre's to make; we learn of it when it verifies the context.
 *
 * Placing a call is not idempotent, so one tab alone does it: the one that kept the place. Where its answer is lost, the call is over and its meeting
 * with it, so that no agent ever has the same caller twice; the next click begins anew.
 */
export async function callByTelephone(
  deps: Deps,
  bridge: SipBridge,
  row: CallRow,
): Promise<Result<Placed, CloudRefusal | { code: "CONTACT_REFUSED" } | { code: "CALL_OVER" }>> {
  const seated = await takeSeats(deps, row);
  if (!seated.ok) return seated;
  const { place, telephone } = seated.value;
  const { meetingId } = place.meeting;
  const meetingExpiresAt = new Date(deps.clock.now().getTime() + meetingMaxMs);
  const kept = await keepPlace(deps, row, place, { meetingId, meetingExpiresAt });
  if (!kept) {
    const theirs = await readPlaced(deps, row.id);
    if (!theirs) {
      await deps.meetings.end(meetingId);
      return err({ code: "CALL_OVER" });
    }
    for (const { attendeeId } of [place.attendee, telephone])
      await deps.meetings.removeAttendee(meetingId, attendeeId);
    return ok(theirs);
  }
  const callerContext = await signContext(deps, row);
  const placed = await bridge.start({ meetingId, joinToken: telephone.joinToken, callerContext });
  if (!placed.ok) return giveUp(deps, kept, placed.error);
  const { transactionId } = placed.value;
  const under = await keepTransaction(deps, row, transactionId);
  if (under) return ok({ row: under, place });
  // Hung up in the meantime, from another tab.
  await stopInCloud(deps, { ...kept, transactionId });
  return err({ code: "CALL_OVER" });
}

type Seats = { place: Place; telephone: Attendee };

/** The meeting is the same for every tab; its seats are not. */
async function takeSeats({ meetings }: Deps, row: CallRow): Promise<Result<Seats, CloudRefusal>> {
  const made = await meetings.create({
    clientToken: `call-${row.id}`,
    externalMeetingId: `call-${row.id}`,
    maxAttendees: seatsMax,
  });
  if (!made.ok) return made;
  const seat = (externalUserId: string) =>
    meetings.addAttendee(made.value.meetingId, { externalUserId, capabilities: everyCapability });
  const caller = await seat("caller");
  if (!caller.ok) return err(asCloudRefusal(caller.error));
  const telephone = await seat("telephone");
  if (!telephone.ok) return err(asCloudRefusal(telephone.error));
  const place = { meeting: made.value, attendee: caller.value, participantToken: null };
  return ok({ place, telephone: telephone.value });
}

/** A meeting that ended or filled up between two of our words: the next click finds out. */
const asCloudRefusal = (error: MeetingsRefusal): CloudRefusal =>
  "retryAfterMs" in error ? error : { code: "CLOUD_UNAVAILABLE", retryAfterMs: 1_000 };

async function keepTransaction(
  { db }: Pick<CallDeps, "db">,
  { id }: CallRow,
  transactionId: string,
): Promise<CallRow | undefined> {
  const [kept] = await db.asActor(clerk, (tx) =>
    tx
      .update(supportCalls)
      .set({ transactionId })
      .where(and(eq(supportCalls.id, id), isNull(supportCalls.endedAt)))
      .returning(),
  );
  return kept;
}

async function giveUp(
  deps: Deps,
  row: CallRow,
  error: CloudRefusal | { code: "BRIDGE_REFUSED" },
): Promise<Result<never, CloudRefusal | { code: "CONTACT_REFUSED" }>> {
  const at = deps.clock.now();
  await deps.db.asActor(clerk, (tx) =>
    closeCall(tx, { callId: row.id, actor: clerk, reason: "failed", at, settled: false }),
  );
  await stopInCloud(deps, row);
  return error.code === "BRIDGE_REFUSED" ? err({ code: "CONTACT_REFUSED" }) : err(error);
}

/** Whether the meeting still stands, and a call in it that was placed or is just being placed. */
export async function bridgeStands(
  { meetings, clock }: Pick<CallDeps, "meetings" | "clock">,
  { meetingId, meetingExpiresAt, transactionId, createdAt }: CallRow,
): Promise<Result<boolean, CloudRefusal>> {
  const now = clock.now().getTime();
  if (!meetingId || !meetingExpiresAt || meetingExpiresAt.getTime() <= now) return ok(false);
  if (!transactionId && now - createdAt.getTime() > placingMaxMs) return ok(false);
  const found = await meetings.get(meetingId);
  if (found.ok) return ok(true);
  return "retryAfterMs" in found.error ? err(found.error) : ok(false);
}
