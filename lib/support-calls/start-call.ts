import { randomUUID } from "node:crypto";
import { and, count, eq, gt, isNull, min } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { supportCalls } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { recordRefusal } from "@/lib/audit/record-refusal";
import { clerk } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { Attendee, CloudRefusal, Meeting } from "@/lib/ports/meetings";
import { contextSeconds, signCallerContext } from "@/lib/vouchers/caller-context";
import type { CallDeps, Caller, CallRow } from "./deps";
import { closeCall, stopInCloud } from "./end-call";

/** POST /start-call. Credentials: never logged, never cached. The first three are the seed's names. */
export type StartedCall = {
  MeetingId: string;
  AttendeeId: string;
  JoinToken: string;
  callId: string;
  route: CallRow["route"];
  contactId: string;
  /** What the caller's keypad speaks to the contact with (Participant Service). */
  participantToken: string;
  chimeJoinInfo: { meeting: Meeting; attendee: Attendee };
  /** This call was under way already: another tab's, or one whose answer was lost. */
  joined: boolean;
};
export type StartCallRefusal =
  | CloudRefusal
  | { code: "SESSION_TOO_OLD" }
  | { code: "CALLS_LIMITED"; retryAfterSeconds: number }
  | { code: "CALL_OVER" }
  | { code: "CONTACT_REFUSED" };

/** Of one customer. Nobody needs more; a script that redials does. */
const callsPerHour = 20;
/** A call may end while we look at it; that it does so thrice is no coincidence. */
const tries = 3;

type Place = { contactId: string; participantToken: string; meeting: Meeting; attendee: Attendee };
type Deps = Pick<CallDeps, "env" | "clock" | "log" | "db" | "keyring" | "signer" | "contactCentre">;
/** `fresh`: made by this request. */
type Claimed = { row: CallRow; fresh: boolean };

/**
 * A signed-in customer calls the contact centre. One call at a time: who has one under way is given its place again, in whatever tab.
 *
 * Three steps, each complete in itself: (1) the call's row, committed; (2) the contact, by a client token that makes repeating it harmless,
 * its attributes holding the signed caller context and nothing else; (3) the place, sealed with the row. Whatever dies between two of
 * them, the customer clicks again and goes on where it stopped.
 *
 * @see seed 0, steps 1 to 3.
 */
export async function startCall(deps: Deps, caller: Caller): Promise<Result<StartedCall, StartCallRefusal>> {
  const { customer, signedInAt } = caller;
  const ageMs = deps.clock.now().getTime() - signedInAt.getTime();
  if (ageMs > deps.env.SUPPORT_SIGN_IN_MAX_MINUTES * 60_000) return refuse(deps, caller, "SESSION_TOO_OLD");

  for (let tried = 0; tried < tries; tried++) {
    const claimed = await deps.db.asActor(clerk, (tx) => claim(deps, tx, caller));
    if (!claimed.ok) return claimed;
    const { row, fresh } = claimed.value;
    const placed = row.place ? ok(openPlace(deps, row)) : await makeContact(deps, row);
    if (!placed.ok) return placed.error.code === "CONTACT_REFUSED" ? giveUp(deps, caller, row) : placed;
    // What was there before us may have ended without our being told.
    const alive = fresh ? ok(true) : await isAlive(deps, placed.value.contactId);
    if (!alive.ok) return alive;
    if (!alive.value) {
      await deps.db.asActor(clerk, (tx) =>
        closeCall(tx, {
          callId: row.id,
          actor: customer,
          reason: "over",
          at: deps.clock.now(),
          settled: true,
        }),
      );
      continue;
    }
    if (row.place || (await keepPlace(deps, row, placed.value))) {
      if (!fresh) await noteJoined(deps, caller, row);
      return ok(answerOf(row, placed.value, fresh));
    }
    // Hung up in the meantime, from another tab: what we made is nobody's.
    await stopInCloud(deps, { id: row.id, contactId: placed.value.contactId });
    return err({ code: "CALL_OVER" });
  }
  return err({ code: "CLOUD_UNAVAILABLE", retryAfterMs: 1_000 });
}

/** The customer's open call, or a new one. */
async function claim(
  { clock }: Pick<Deps, "clock">,
  tx: Tx,
  { customer, signedInAt, secondStep }: Caller,
): Promise<Result<Claimed, StartCallRefusal>> {
  const now = clock.now();
  const contextExpiresAt = new Date(now.getTime() + contextSeconds * 1000);
  const isOpen = and(eq(supportCalls.customerId, customer.id), isNull(supportCalls.endedAt));
  const [open] = await tx.select().from(supportCalls).where(isOpen).for("update");
  if (open?.place) return ok({ row: open, fresh: false });
  if (open) {
    await tx.update(supportCalls).set({ contextExpiresAt }).where(eq(supportCalls.id, open.id));
    return ok({ row: open, fresh: false });
  }
  const limited = await tooMany(tx, customer.id, now);
  if (limited) return err(limited);
  const [made] = await tx
    .insert(supportCalls)
    .values({
      id: randomUUID(),
      customerId: customer.id,
      route: "webrtc",
      signedInAt,
      secondStep,
      createdAt: now,
      contextExpiresAt,
      lookedAt: now,
    })
    .onConflictDoNothing()
    .returning();
  if (made) {
    const metadata = { route: made.route, signedInAt: signedInAt.toISOString(), secondStep };
    await recordAudit(tx, { event: "SUPPORT_CALL_STARTED", actor: customer, tokenId: made.id, metadata });
    return ok({ row: made, fresh: true });
  }
  // Another tab was quicker by a moment.
  const [theirs] = await tx.select().from(supportCalls).where(isOpen);
  return theirs ? ok({ row: theirs, fresh: false }) : err({ code: "CLOUD_UNAVAILABLE", retryAfterMs: 1_000 });
}

async function tooMany(
  tx: Tx,
  customerId: string,
  now: Date,
): Promise<{ code: "CALLS_LIMITED"; retryAfterSeconds: number } | null> {
  const since = new Date(now.getTime() - 3_600_000);
  const [lately] = await tx
    .select({ calls: count(), first: min(supportCalls.createdAt) })
    .from(supportCalls)
    .where(and(eq(supportCalls.customerId, customerId), gt(supportCalls.createdAt, since)));
  if (!lately?.first || lately.calls < callsPerHour) return null;
  const seconds = (lately.first.getTime() - since.getTime()) / 1000;
  return { code: "CALLS_LIMITED", retryAfterSeconds: Math.max(1, Math.ceil(seconds)) };
}

async function makeContact(
  deps: Deps,
  row: CallRow,
): Promise<Result<Place, CloudRefusal | { code: "CONTACT_REFUSED" }>> {
  const token = await signCallerContext(deps.signer, {
    callId: row.id,
    customerId: row.customerId,
    iat: Math.floor(deps.clock.now().getTime() / 1000),
  });
  const started = await deps.contactCentre.startWebRtcContact({
    clientToken: `call-${row.id}`,
    flow: "support",
    // What an agent's screen shows before anybody is verified: a name that says nothing.
    displayName: `Caller ${row.id.slice(0, 4).toUpperCase()}`,
    attributes: { caller_context: token },
    video: false,
  });
  if (!started.ok)
    return started.error.code === "CONTACT_REFUSED" ? err({ code: "CONTACT_REFUSED" }) : err(started.error);
  const { contactId, participantToken, meeting, attendee } = started.value;
  return ok({ contactId, participantToken, meeting, attendee });
}

async function isAlive(
  { contactCentre }: Pick<Deps, "contactCentre">,
  contactId: string,
): Promise<Result<boolean, CloudRefusal>> {
  const state = await contactCentre.describeContact(contactId);
  if (state.ok) return ok(state.value.disconnectedAt === null);
  return state.error.code === "CONTACT_UNKNOWN" ? ok(false) : err(state.error);
}

/** @returns false: the call was over before. */
async function keepPlace(deps: Deps, row: CallRow, place: Place): Promise<boolean> {
  const sealed = deps.keyring.seal("support-call", JSON.stringify(place), row.id);
  const kept = await deps.db.asActor(clerk, (tx) =>
    tx
      .update(supportCalls)
      .set({ contactId: place.contactId, place: sealed })
      .where(and(eq(supportCalls.id, row.id), isNull(supportCalls.endedAt)))
      .returning({ id: supportCalls.id }),
  );
  return kept.length === 1;
}

function openPlace({ keyring }: Pick<Deps, "keyring">, row: CallRow): Place {
  return JSON.parse(keyring.unseal("support-call", row.place ?? Buffer.of(), row.id).toString("utf8"));
}

/** What the contact centre will never take must not stand in the way of the next call. */
async function giveUp(
  deps: Deps,
  { customer }: Caller,
  row: CallRow,
): Promise<Result<never, { code: "CONTACT_REFUSED" }>> {
  await deps.db.asActor(clerk, (tx) =>
    closeCall(tx, {
      callId: row.id,
      actor: customer,
      reason: "failed",
      at: deps.clock.now(),
      settled: true,
    }),
  );
  return err({ code: "CONTACT_REFUSED" });
}

async function noteJoined({ db }: Pick<Deps, "db">, { customer }: Caller, row: CallRow): Promise<void> {
  await db.asActor(clerk, (tx) =>
    recordAudit(tx, { event: "SUPPORT_CALL_JOINED", actor: customer, tokenId: row.id }),
  );
}

async function refuse(
  deps: Deps,
  { customer }: Caller,
  code: "SESSION_TOO_OLD",
): Promise<Result<never, { code: "SESSION_TOO_OLD" }>> {
  await recordRefusal(deps, { event: "SUPPORT_CALL_REFUSED", actor: customer, errorCode: code });
  return err({ code });
}

function answerOf(row: CallRow, place: Place, fresh: boolean): StartedCall {
  const { contactId, participantToken, meeting, attendee } = place;
  return {
    MeetingId: meeting.meetingId,
    AttendeeId: attendee.attendeeId,
    JoinToken: attendee.joinToken,
    callId: row.id,
    route: row.route,
    contactId,
    participantToken,
    chimeJoinInfo: { meeting, attendee },
    joined: !fresh,
  };
}
