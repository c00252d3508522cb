import { randomUUID } from "node:crypto";
import { and, asc, eq, gt } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { connectionChecks } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { finishCleanups, noteCleanups } from "@/lib/cleanups/cloud-cleanups";
import { clerk, type Origin } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { waitOf } from "@/lib/kernel/wait-of";
import { type Guarded, guardGuess, noteMiss } from "@/lib/limits/guess-limits";
import { type Capabilities, type CloudRefusal, noCapability } from "@/lib/ports/meetings";
import { inspectCode } from "@/lib/vouchers/inspect";
import type { ConnectionCheck } from "./answers";
import { closedBehind } from "./closed-behind";
import type { Need } from "./deps";
import { findCheck } from "./device-check";
import { findVisit } from "./find-visit";
import { type ConnectionRefusal, closedRefusal } from "./refusals";
import { statusOf } from "./status";

/** For each link: more than anybody needs who tries again and again, and a bound to what a link can cost. */
const allowance = { allowed: 12, perMs: 3_600_000 };
/** A check takes 15 seconds at most and ends its meeting itself; where its page went away without a word, the worker does. */
const endsAfterSeconds = 60;
/** Silence is sent and received, so that what is lost of it can be counted. */
const soundOnly: Capabilities = { ...noCapability, audio: "SendReceive" };

type Link = { visitId: string; voucherId: string | null; checkLinkId: string | null };
type Deps = Need<"db" | "clock" | "keyring" | "meetings" | "contactCentre" | "log"> & Guarded;
type BeginConnectionCheckInput = {
  /** Which kind of link the code is of: one to join, or a device check's. */
  link: "join" | "check";
  code: string;
  /** Who holds a link that was spent; "" for nobody. */
  holder: string;
  origin: Origin;
};

/**
 * Makes a meeting for one check of the way to the media host, with a place for one attendee, taken: nobody else can come, and nothing of it is in the
 * visit's own meeting. Opens no visit and spends no link.
 */
export async function beginConnectionCheck(
  deps: Deps,
  input: BeginConnectionCheckInput,
): Promise<Result<ConnectionCheck, ConnectionRefusal>> {
  const limited = await guardGuess(deps, input.origin, input.code);
  if (limited) return err(limited);
  const link = await linkOf(deps, input);
  if (!link.ok) return link;
  const noted = await note(deps, link.value, input.origin);
  if (!noted.ok) return noted;
  return openMeeting(deps, link.value.visitId, noted.value);
}

async function linkOf(
  deps: Deps,
  { link, code, holder, origin }: BeginConnectionCheckInput,
): Promise<Result<Link, ConnectionRefusal>> {
  if (link === "check") {
    const seen = await deps.db.asActor(clerk, (tx) => findCheck(deps, tx, code));
    if (seen === "unknown") await noteMiss(deps, origin, code, "CODE_UNKNOWN");
    if (seen === "unknown" || seen === "over") return err({ code: "CODE_UNKNOWN" });
    return ok({ visitId: seen.link.visitId, voucherId: null, checkLinkId: seen.link.id });
  }
  const seen = await inspectCode(deps, code, deps.clock.now(), holder);
  if (seen.ok) return ok({ visitId: seen.value.visitId, voucherId: seen.value.id, checkLinkId: null });
  await noteMiss(deps, origin, code, seen.error.code);
  return err((await closedBehind(deps, seen.error, origin)) ?? { code: seen.error.code });
}

/** Counts it before anything is made: rivals for the last one of the hour wait for each other at the visit's row. @returns the check's id. */
async function note(deps: Deps, link: Link, origin: Origin): Promise<Result<string, ConnectionRefusal>> {
  const { visitId } = link;
  const now = deps.clock.now();
  return deps.db.asActor(clerk, async (tx): Promise<Result<string, ConnectionRefusal>> => {
    const found = await findVisit(tx, visitId, { lock: true });
    if (!found) return err({ code: "CODE_UNKNOWN" });
    const closed = closedRefusal(statusOf(found.visit), found.visit);
    if (closed) return err(closed);
    const retryAfterSeconds = waitOf(await begunSince(tx, link, now), allowance, now);
    if (retryAfterSeconds > 0) return err({ code: "CHECKS_LIMITED", retryAfterSeconds });
    const id = randomUUID();
    await tx.insert(connectionChecks).values({ id, ...link, createdAt: now });
    await recordAudit(tx, {
      event: "CONNECTION_CHECK_BEGUN",
      actor: { kind: "anonymous", origin },
      visitId,
      ...(link.voucherId ? { tokenId: link.voucherId } : { metadata: { checkId: link.checkLinkId } }),
    });
    return ok(id);
  });
}

async function begunSince(tx: Tx, { voucherId, checkLinkId }: Link, now: Date): Promise<Date[]> {
  const { voucherId: ofVoucher, checkLinkId: ofLink, createdAt } = connectionChecks;
  const rows = await tx
    .select({ at: createdAt })
    .from(connectionChecks)
    .where(
      and(
        voucherId ? eq(ofVoucher, voucherId) : eq(ofLink, checkLinkId ?? ""),
        gt(createdAt, new Date(now.getTime() - allowance.perMs)),
      ),
    )
    .orderBy(asc(createdAt));
  return rows.map(({ at }) => at);
}

async function openMeeting(
  deps: Deps,
  visitId: string,
  checkId: string,
): Promise<Result<ConnectionCheck, ConnectionRefusal>> {
  const made = await deps.meetings.create({
    clientToken: `check-${checkId}`,
    externalMeetingId: `check-${visitId}`,
    maxAttendees: 1,
  });
  if (!made.ok) return made;
  const { meetingId } = made.value;
  // Its end is written down before anybody can be in it. Should we die before that, it ends by itself: no meeting outlives five minutes without audio.
  const cleanups = await deps.db.asActor(clerk, async (tx) => {
    const ids = await noteCleanups(tx, visitId, [{ kind: "meeting", target: meetingId }], endsAfterSeconds);
    await tx.update(connectionChecks).set({ cleanupId: ids[0] }).where(eq(connectionChecks.id, checkId));
    return ids;
  });
  const added = await deps.meetings.addAttendee(meetingId, {
    externalUserId: `check-${checkId}`,
    capabilities: soundOnly,
  });
  if (added.ok) return ok({ checkId, meeting: made.value, attendee: added.value });
  await finishCleanups(deps, cleanups);
  return err(busy(added.error));
}

/** A meeting of our own that is gone or full is the cloud's trouble, not the caller's. */
function busy(refusal: { code: string; retryAfterMs?: number }): CloudRefusal {
  const code = refusal.code === "CLOUD_THROTTLED" ? "CLOUD_THROTTLED" : "CLOUD_UNAVAILABLE";
  return { code, retryAfterMs: refusal.retryAfterMs ?? 3_000 };
}
