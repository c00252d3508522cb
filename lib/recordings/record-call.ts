import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { recordingConsents, recordings } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { err, ok, type Result } from "@/lib/kernel/result";
import { clinicOf } from "@/lib/notifications/clinic";
import type { CloudRefusal } from "@/lib/ports/meetings";
import { beginRecording } from "./begin-recording";
import { askerColumns, auditOf, callBy, type Insider, linkColumns, linkOf, mayAsk, tellCall } from "./call";
import type { Need } from "./deps";
import { endRecording, stopCapture } from "./end-recording";
import { findLive } from "./recording";

type Deps = Need<"db" | "clock" | "env" | "recorder">;
type Told = { recordingId: string };
/** The call, locked, as the server's clerk: its meeting, and the links of everybody inside. */
type At = { meetingId: string | null; links: string[]; now: Date };
/** Lets work be done in a call for somebody inside it; refuses by its own codes whoever isn't, and a call that is over. */
export type Enter<Refused extends { code: string }> = <T, Extra extends { code: string }>(
  work: Work<T, Extra>,
) => Promise<Result<T, Extra | Refused>>;
export type Work<T, Extra extends { code: string }> = (tx: Tx, at: At) => Promise<Result<T, Extra>>;

type Forbidden = { code: "FORBIDDEN" };
export type AskRefusal =
  | Forbidden
  /** The clinic keeps no recordings. */
  | { code: "RECORDING_OFF" }
  /** Two must be in the call: nobody is recorded who could not be asked. */
  | { code: "RECORDING_ALONE" };

/**
 * Asks everybody inside; whoever asks has agreed by asking. Asking again while it is asked for or runs changes nothing.
 * @param withPicture of a visit alone: each is asked for sound, or for sound and picture.
 */
export async function askCall<Refused extends { code: string }>(
  deps: Deps,
  actor: Insider,
  enter: Enter<Refused>,
  { withPicture }: { withPicture: boolean },
): Promise<Result<Told, Refused | AskRefusal>> {
  if (!mayAsk(actor)) return err({ code: "FORBIDDEN" });
  const { recordingDays } = await clinicOf(deps);
  if (!deps.recorder || recordingDays === null) return err({ code: "RECORDING_OFF" });
  const call = callBy(actor);
  return enter<Told, AskRefusal>(async (tx, { meetingId, links, now }) => {
    const live = await findLive(tx, call);
    if (live) return ok({ recordingId: live.id });
    if (links.length < 2 || !meetingId) return err({ code: "RECORDING_ALONE" });
    const recordingId = randomUUID();
    await tx.insert(recordings).values({
      id: recordingId,
      ...call,
      meetingId,
      ...askerColumns(actor),
      askedAt: now,
      withPicture,
      keepDays: recordingDays,
    });
    await noteAnswer(tx, { recordingId, actor, agreed: true, now });
    await recordAudit(tx, {
      event: "RECORDING_ASKED",
      actor,
      ...auditOf(call, { recordingId, withPicture }),
    });
    await tellCall(tx, call);
    return ok({ recordingId });
  });
}

/** One answer each. Who agrees last begins it; whoever refuses ends it, and the call goes on. */
export async function answerCall<Refused extends { code: string }>(
  deps: Deps,
  { actor, recordingId, agreed }: { actor: Insider; recordingId: string; agreed: boolean },
  enter: Enter<Refused>,
): Promise<Result<Told, Refused | { code: "RECORDING_OVER" }>> {
  const call = callBy(actor);
  const role = actor.kind === "link" ? actor.party : actor.role;
  const tokenId = linkOf(actor);
  const done = await enter<{ ready: boolean }, { code: "RECORDING_OVER" }>(async (tx, { links, now }) => {
    const live = await findLive(tx, call);
    if (live?.id !== recordingId) return err({ code: "RECORDING_OVER" });
    await noteAnswer(tx, { recordingId, actor, agreed, now });
    const event = agreed ? "RECORDING_AGREED" : "RECORDING_REFUSED";
    await recordAudit(tx, { event, actor, tokenId, ...auditOf(call, { recordingId, role }) });
    if (!agreed) {
      await endRecording(tx, { call, reason: live.startedAt ? "withdrawn" : "refused", actor, now });
      return ok({ ready: false });
    }
    await tellCall(tx, call);
    return ok({ ready: live.startedAt === null && (await allAgreed(tx, recordingId, links)) });
  });
  if (!done.ok) return done;
  if (done.value.ready) await beginRecording(deps, { recordingId, actor });
  else if (!agreed) await stopCapture(deps, recordingId);
  return ok({ recordingId });
}

/** Anybody inside ends it, at any time: who asks by a press, the others by taking back what they agreed to. Of none: success. */
export async function stopCall<Refused extends { code: string }>(
  deps: Deps,
  actor: Insider,
  enter: Enter<Refused>,
): Promise<Result<void, Refused | CloudRefusal>> {
  const call = callBy(actor);
  const done = await enter<string | null, never>(async (tx, { now }) => {
    const live = await findLive(tx, call);
    const byAsker = live?.startedAt ? "stopped" : "taken-back";
    return ok(await endRecording(tx, { call, reason: mayAsk(actor) ? byAsker : "withdrawn", actor, now }));
  });
  if (!done.ok) return done;
  if (done.value) await stopCapture(deps, done.value);
  return ok(undefined);
}

async function noteAnswer(
  tx: Tx,
  given: { recordingId: string; actor: Insider; agreed: boolean; now: Date },
): Promise<void> {
  const { recordingId, actor, agreed, now } = given;
  await tx
    .insert(recordingConsents)
    .values({ recordingId, ...linkColumns(actor), agreed, answeredAt: now })
    .onConflictDoNothing();
}

async function allAgreed(tx: Tx, recordingId: string, links: readonly string[]): Promise<boolean> {
  const answers = await tx
    .select()
    .from(recordingConsents)
    .where(eq(recordingConsents.recordingId, recordingId));
  return links.every((link) => answers.some((one) => (one.voucherId ?? one.inviteId) === link && one.agreed));
}
