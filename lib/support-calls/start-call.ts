import { randomUUID } from "node:crypto";
import { and, count, eq, gt, isNull, min } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { supportCalls } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { recordRefusal } from "@/lib/audit/record-refusal";
import { clerk } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { Attendee, CloudRefusal, Meeting } from "@/lib/ports/meetings";
import { contextSeconds } from "@/lib/vouchers/caller-context";
import { callByContact, contactStands } from "./by-contact";
import { bridgeStands, callByTelephone } from "./by-telephone";
import type { CallDeps, Caller, CallRequest, CallRow } from "./deps";
import { closeCall, stopInCloud } from "./end-call";
import { openPlace, type Place, type Placed } from "./place";

/** POST /start-call. Credentials: never logged, never cached. The first three are the seed's names. */
export type StartedCall = {
  MeetingId: string;
  AttendeeId: string;
  JoinToken: string;
  callId: string;
  route: CallRow["route"];
  /** Null on route `sip`: there the contact centre makes the contact when the call arrives. */
  contactId: string | null;
  /** What the caller's keypad speaks to the contact with (Participant Service); null on route `sip`, whose keys go by `pressKeys`. */
  participantToken: string | null;
  chimeJoinInfo: { meeting: Meeting; attendee: Attendee };
  /** This call was under way already: another tab's, or one whose answer was lost. */
  joined: boolean;
};
export type StartCallRefusal =
  | CloudRefusal
  | { code: "SESSION_TOO_OLD" }
  | { code: "ROUTE_CLOSED" }
  | { code: "CALLS_LIMITED"; retryAfterSeconds: number }
  | { code: "CALL_OVER" }
  | { code: "CALL_ELSEWHERE" }
  | { code: "CONTACT_REFUSED" };

/** Of one customer. Nobody needs more; a script that redials does. */
const callsPerHour = 20;
/** A call may end while we look at it; that it does so thrice is no coincidence. */
const tries = 3;

type Deps = Pick<
  CallDeps,
  "env" | "clock" | "log" | "db" | "keyring" | "signer" | "contactCentre" | "meetings" | "sipBridge"
>;
type Wanted = CallRequest & { route: CallRow["route"] };
/** `fresh`: made by this request. */
type Claimed = { row: CallRow; fresh: boolean };

/**
 * A signed-in customer calls the contact centre. One call at a time, whichever its route: who has one under way is given its place again, in whatever tab.
 *
 * Each step is complete in itself: the call's row, committed; what it is in the cloud; the place, sealed with the row. Whatever dies between two of them,
 * the customer clicks again.
 *
 * @param route how its sound goes; where it is not said, as `SUPPORT_ROUTE` says. A call that is under way keeps its own.
 * @see seed 0, steps 1 to 3.
 */
export async function startCall(
  deps: Deps,
  caller: CallRequest,
  { route = deps.env.SUPPORT_ROUTE }: { route?: CallRow["route"] } = {},
): Promise<Result<StartedCall, StartCallRefusal>> {
  const { customer, signedInAt } = caller;
  const ageMs = deps.clock.now().getTime() - signedInAt.getTime();
  if (ageMs > deps.env.SUPPORT_SIGN_IN_MAX_MINUTES * 60_000) return refuse(deps, caller, "SESSION_TOO_OLD");
  if (route === "sip" && !deps.sipBridge) return err({ code: "ROUTE_CLOSED" });

  for (let tried = 0; tried < tries; tried++) {
    const claimed = await deps.db.asActor(clerk, (tx) => claim(deps, tx, { ...caller, route }));
    if (!claimed.ok) return claimed;
    const { row, fresh } = claimed.value;
    const known = openPlace(deps, row);
    const placed = known ? ok({ row, place: known }) : await place(deps, row);
    if (!placed.ok) return placed.error.code === "CONTACT_REFUSED" ? giveUp(deps, caller, row) : placed;
    const stands = fresh ? ok(true) : await callStands(deps, placed.value.row);
    if (!stands.ok) return stands;
    if (stands.value) {
      if (!fresh) await noteJoined(deps, caller, row);
      return ok(answerOf(placed.value.row, placed.value.place, fresh));
    }
    await endForgotten(deps, customer, placed.value.row);
  }
  return err({ code: "CLOUD_UNAVAILABLE", retryAfterMs: 1_000 });
}

/** A call that has no place yet gets one. */
async function place(deps: Deps, row: CallRow): Promise<Result<Placed, StartCallRefusal>> {
  if (row.route === "webrtc") return callByContact(deps, row);
  return deps.sipBridge ? callByTelephone(deps, deps.sipBridge, row) : err({ code: "ROUTE_CLOSED" });
}

/** Another tab's call, or one whose answer was lost, may have ended without our being told. */
const callStands = (deps: Deps, row: CallRow) =>
  row.route === "sip" ? bridgeStands(deps, row) : contactStands(deps, row.contactId ?? "");

async function endForgotten(deps: Deps, actor: Caller["customer"], row: CallRow): Promise<void> {
  const at = deps.clock.now();
  const closed = await deps.db.asActor(clerk, (tx) =>
    closeCall(tx, { callId: row.id, actor, reason: "over", at, settled: row.route === "webrtc" }),
  );
  if (closed && row.route === "sip") await stopInCloud(deps, closed);
}

/** The customer's open call, or a new one. */
async function claim(
  { clock }: Pick<Deps, "clock">,
  tx: Tx,
  { customer, signedInAt, secondStep, siteId, topic, route }: Wanted,
): Promise<Result<Claimed, StartCallRefusal>> {
  const now = clock.now();
  const contextExpiresAt = new Date(now.getTime() + contextSeconds * 1000);
  const isOpen = and(eq(supportCalls.customerId, customer.id), isNull(supportCalls.endedAt));
  const [open] = await tx.select().from(supportCalls).where(isOpen).for("update");
  // Who is vouched for by a site joins no call but that site's: it must not hear what began elsewhere.
  if (open && siteId !== null && open.siteId !== siteId) return err({ code: "CALL_ELSEWHERE" });
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
      route,
      topic,
      signedInAt,
      secondStep,
      siteId,
      createdAt: now,
      contextExpiresAt,
      lookedAt: now,
    })
    .onConflictDoNothing()
    .returning();
  if (made) {
    const metadata = {
      route: made.route,
      signedInAt: signedInAt.toISOString(),
      secondStep,
      ...(siteId && { siteId }),
    };
    await recordAudit(tx, { event: "SUPPORT_CALL_STARTED", actor: customer, tokenId: made.id, metadata });
    return ok({ row: made, fresh: true });
  }
  // Another tab was quicker by a moment.
  const [theirs] = await tx.select().from(supportCalls).where(isOpen);
  if (theirs && siteId !== null && theirs.siteId !== siteId) return err({ code: "CALL_ELSEWHERE" });
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
  const { participantToken, meeting, attendee } = place;
  return {
    MeetingId: meeting.meetingId,
    AttendeeId: attendee.attendeeId,
    JoinToken: attendee.joinToken,
    callId: row.id,
    route: row.route,
    contactId: row.contactId,
    participantToken,
    chimeJoinInfo: { meeting, attendee },
    joined: !fresh,
  };
}
