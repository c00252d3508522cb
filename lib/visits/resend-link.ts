import { and, asc, eq, gt, min } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { outbox, vouchers } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { type Actor, clerk, type Origin } from "@/lib/kernel/actor";
import { isGuest, type Principal } from "@/lib/kernel/party";
import { err, ok, type Result } from "@/lib/kernel/result";
import { isUuid } from "@/lib/kernel/uuid";
import { type Guarded, guardGuess, noteMiss } from "@/lib/limits/guess-limits";
import { inspectCode, inspectToken } from "@/lib/vouchers/inspect";
import type { Voucher } from "@/lib/vouchers/voucher";
import { type Addressee, guestAddressee, principalOf, reachable } from "./addressee";
import type { ResendAnswer } from "./answers";
import type { Need } from "./deps";
import { findVisit, type VisitWithPeople } from "./find-visit";
import { findGuest } from "./guests";
import { issueLink, type Whose } from "./link-codes";
import { mayManage } from "./permit";
import { closedRefusal, type ResendRefusal } from "./refusals";
import { statusOf } from "./status";
import { tell } from "./tell-party";
import { linkExpiry } from "./window";

/** Three an hour for each person of a visit: two guests may have one role. */
const allowed = 3;
const perMs = 3_600_000;

export type ResendLinkInput = { visitId: string } & (
  | { actor: Actor; role: Principal }
  | { actor: Actor; guestId: string }
  /** The old link, whatever became of it, proves that its holder was once sent it. */
  | { proof: { token: string } | { code: string }; holder?: string; origin: Origin }
);
type Deps = Need<"db" | "clock" | "keyring" | "signer" | "env"> & Guarded;

/**
 * Sends a party a new link. It goes to the contact on file and is never shown to the asker, so the asker gains nothing by asking.
 * The party's older, unused link is revoked; who is inside by a spent one stays inside.
 */
export async function resendLink(
  deps: Deps,
  input: ResendLinkInput,
): Promise<Result<ResendAnswer, ResendRefusal>> {
  const { visitId } = input;
  if ("actor" in input) {
    const { actor } = input;
    const asked = "role" in input ? { party: input.role } : { guestId: input.guestId };
    return send(deps, { visitId, actor, runAs: actor, asked });
  }
  const proven = await provenBy(deps, input);
  if (!proven.ok) return proven;
  const { id, party, subject } = proven.value;
  if (proven.value.visitId !== visitId) return err({ code: "TOKEN_INVALID" });
  const holder: Actor = { kind: "link", voucherId: id, visitId, party, origin: input.origin };
  const asked = isGuest(party) ? { guestId: subject } : { party };
  return send(deps, { visitId, actor: holder, runAs: clerk, asked });
}

/** Whose link this is or was. Expired, used and revoked ones prove as well as live ones; only an unknown one does not. */
async function provenBy(
  deps: Deps,
  { proof, origin, holder }: Extract<ResendLinkInput, { proof: object }>,
): Promise<Result<Voucher, ResendRefusal>> {
  const hint = "code" in proof ? proof.code : "";
  const limited = await guardGuess(deps, origin, hint);
  if (limited) return err(limited);
  const now = deps.clock.now();
  const seen =
    "code" in proof
      ? await inspectCode(deps, proof.code, now, holder)
      : await inspectToken(deps, proof.token, now, holder);
  if (seen.ok) return seen;
  if ("voucher" in seen.error && seen.error.voucher) return ok(seen.error.voucher);
  await noteMiss(deps, origin, hint, seen.error.code);
  return err({ code: seen.error.code });
}

type Asked = { party: Principal } | { guestId: string };

async function send(
  deps: Deps,
  { visitId, actor, runAs, asked }: { visitId: string; actor: Actor; runAs: Actor; asked: Asked },
): Promise<Result<ResendAnswer, ResendRefusal>> {
  return deps.db.asActor(runAs, async (tx): Promise<Result<ResendAnswer, ResendRefusal>> => {
    const found = await findVisit(tx, visitId, { lock: true }); // also orders rivals for the limit below
    if (!found) return err({ code: "VISIT_UNKNOWN" });
    const { visit } = found;
    if (actor.kind !== "link" && !mayManage(actor, visit)) return err({ code: "FORBIDDEN" });
    const closed = closedRefusal(statusOf(visit), visit);
    if (closed) return err(closed);
    const now = deps.clock.now();
    const expiry = linkExpiry(visit, now);
    if (!expiry) return err({ code: "VISIT_WINDOW_CLOSED" });
    const known = await whoIs(tx, found, asked);
    if (!known) return err({ code: "GUEST_UNKNOWN" });
    const { whose, to } = known;
    const { party } = whose;
    if (!reachable(to, "both")) return err({ code: "NO_CONTACT" });
    const retryAfterSeconds = await resendWait(tx, visitId, whose, now);
    if (retryAfterSeconds > 0) return err({ code: "RESEND_LIMITED", retryAfterSeconds });

    const issued = await issueLink(deps, tx, {
      visit,
      ...whose,
      expiresAt: expiry.expiresAt,
      reason: "resent",
      actor,
    });
    const link = { tokenId: issued.tokenId, url: issued.link, expiresAt: expiry.expiresAt };
    // Where the asked channel has no contact, the other one serves: an unreachable patient is the worse outcome.
    const channel = reachable(to, visit.channel) ? visit.channel : "both";
    const sent = await tell(deps, tx, found, to, { template: "resend", channel, link, actor });
    await recordAudit(tx, {
      event: "LINK_RESENT",
      actor,
      visitId,
      tokenId: issued.tokenId,
      metadata: { party },
    });
    return ok({ status: "queued", role: party, sent });
  });
}

/** Null: a guest who is not invited (any more). */
async function whoIs(
  tx: Tx,
  found: VisitWithPeople,
  asked: Asked,
): Promise<{ whose: Whose; to: Addressee } | null> {
  if ("party" in asked) return { whose: asked, to: principalOf(found, asked.party) };
  const guest = isUuid(asked.guestId) ? await findGuest(tx, found.visit.id, asked.guestId) : null;
  return guest && { whose: { party: guest.role, guestId: guest.id }, to: guestAddressee(guest) };
}

/** Seconds until this person may be sent another link; 0: now. */
async function resendWait(tx: Tx, visitId: string, whose: Whose, now: Date): Promise<number> {
  const since = new Date(now.getTime() - perMs);
  const sent = await tx
    .select({ at: min(outbox.createdAt) })
    .from(outbox)
    .innerJoin(vouchers, eq(vouchers.id, outbox.voucherId))
    .where(
      and(
        eq(outbox.visitId, visitId),
        eq(outbox.party, whose.party),
        "guestId" in whose ? eq(vouchers.subject, whose.guestId) : undefined,
        eq(outbox.template, "resend"),
        gt(outbox.createdAt, since),
      ),
    )
    .groupBy(outbox.voucherId)
    .orderBy(asc(min(outbox.createdAt)));
  const freed = sent.length < allowed ? null : sent[sent.length - allowed]?.at;
  return freed ? Math.max(1, Math.ceil((freed.getTime() + perMs - now.getTime()) / 1000)) : 0;
}
