import type { Actor, Origin } from "@/lib/kernel/actor";
import type { Party } from "@/lib/kernel/party";
import { err, ok, type Result } from "@/lib/kernel/result";
import { type Guarded, guardGuess, noteMiss } from "@/lib/limits/guess-limits";
import { beforeNewcomer } from "@/lib/recordings/before-newcomer";
import { inspectCode } from "@/lib/vouchers/inspect";
import { redeemVoucher } from "@/lib/vouchers/redeem";
import { verifyToken } from "@/lib/vouchers/verify-token";
import type { Voucher } from "@/lib/vouchers/voucher";
import type { StartedVisit } from "./answers";
import { arrivalBy } from "./arrival";
import { closedBehind } from "./closed-behind";
import { consentVersion } from "./consent";
import type { Need } from "./deps";
import { findVisit } from "./find-visit";
import { findPlace, type Place } from "./place";
import { closedRefusal, type StartRefusal } from "./refusals";
import { findSeat } from "./seat";
import { statusOf } from "./status";
import { type DeviceInfo, discardPlace, takeSeat } from "./take-seat";

export type StartVisitInput = {
  visitId: string;
  /** The browser's cookie value, or the caller's Idempotency-Key: who may repeat. An empty one never can. */
  holder: string;
  origin: Origin;
  /** Asked by our own page, where a patient says place and consent first. */
  atDoor?: boolean;
  /** What the caller says of their device; recorded, believed in nothing. */
  deviceInfo?: DeviceInfo;
} & ({ token: string } | { code: string });

type Deps = Need<
  "db" | "clock" | "keyring" | "signer" | "env" | "meetings" | "contactCentre" | "recorder" | "log"
> &
  Guarded;

/** The visit's meeting may change between our look and our note of it; that it does so thrice is no coincidence. */
const tries = 3;

/**
 * Spends a join link and takes its holder's seat: the only use case that spends one.
 *
 * Three phases, each complete in itself: (1) redeem, committed; (2) the cloud, by client tokens that make repeating it harmless;
 * (3) seat, session and status, in one transaction. Whatever dies between two of them, the same holder calls again and gets in, and
 * nobody else does. While the cloud refuses, the visit is not ACTIVE and the link stays with its holder.
 *
 * @see seed 4, "Start Video Session".
 */
export async function startVisit(
  deps: Deps,
  input: StartVisitInput,
): Promise<Result<StartedVisit, StartRefusal>> {
  const { visitId, holder, origin } = input;
  const presented = "token" in input ? { token: input.token } : { code: input.code };
  const hint = "code" in input ? input.code : "";
  const limited = await guardGuess(deps, origin, hint);
  if (limited) return err(limited);
  const notYet = await beforeSpending(deps, input);
  if (notYet) return err(notYet);

  const spent = await redeemVoucher(deps, { ...presented, holder, origin, visitId });
  if (!spent.ok) {
    await noteMiss(deps, origin, hint, spent.error.code);
    return err((await closedBehind(deps, spent.error, origin)) ?? { code: spent.error.code });
  }
  const { voucher } = spent.value;
  const actor: Actor = {
    kind: "link",
    voucherId: voucher.id,
    visitId: voucher.visitId,
    party: voucher.party,
    origin,
  };

  for (let tried = 0; tried < tries; tried++) {
    const placed = await placeHolder(deps, voucher, actor);
    if (!placed.ok) return placed;
    const seated = await takeSeat(deps, {
      actor,
      subject: voucher.subject,
      place: placed.value,
      deviceInfo: input.deviceInfo,
    });
    if (seated.kind === "seated") return ok(seated.started);
    await discardPlace(deps, visitId, placed.value);
    if (seated.kind === "refused") return err(seated.refusal);
  }
  return err({ code: "CLOUD_UNAVAILABLE", retryAfterMs: 1_000 });
}

async function placeHolder(deps: Deps, voucher: Voucher, actor: Actor): Promise<Result<Place, StartRefusal>> {
  const { found, seat } = await deps.db.asActor(actor, async (tx) => ({
    found: await findVisit(tx, voucher.visitId),
    seat: await findSeat(tx, voucher.id),
  }));
  if (!found) return err({ code: "TOKEN_INVALID" });
  const closed = closedRefusal(statusOf(found.visit), found.visit);
  if (closed) return err(closed);
  if (seat?.removedAt) return err({ code: "PARTY_REMOVED" });
  // A link that somebody had sent to a colleague after they were suspended.
  if (voucher.party === "clinician" && found.clinician.suspendedAt) return err({ code: "PARTY_REMOVED" });
  // Whoever waits first is let in by `admitParty`.
  if (seat?.admittedAt || voucher.party === "clinician") {
    const { visitId, id: link } = voucher;
    const cleared = await beforeNewcomer(deps, { call: { visitId }, link, actor });
    if (!cleared.ok) return cleared;
  }
  return findPlace(deps, { visit: found.visit, seat, voucher });
}

type Claim = { voucherId: string; visitId: string; party: Party };

/**
 * Why a link must not be spent now. Looks only; what is wrong with the link itself, spending it tells.
 * On route `connect` only the patient joins here: the contact is answered at the desk, and Connect brings two people together, no guests.
 * A patient says first where they are and that they agree; an API caller may leave that out (seed 4's script does), but not say a place
 * where the clinician has no licence.
 */
async function beforeSpending(deps: Deps, input: StartVisitInput): Promise<StartRefusal | null> {
  const claim = await claimOf(deps, input);
  if (claim?.visitId !== input.visitId) return null;
  const actor: Actor = { kind: "link", ...claim, origin: input.origin };
  return deps.db.asActor(actor, async (tx): Promise<StartRefusal | null> => {
    if (claim.party !== "patient") {
      const found = await findVisit(tx, claim.visitId);
      return found?.visit.route === "connect" ? { code: "ANSWER_AT_DESK" } : null;
    }
    const said = await arrivalBy(deps, tx, { ...claim, holder: input.holder });
    if (said) return said.licensed ? null : { code: "NOT_LICENSED_THERE" };
    // Whoever is inside already comes back as they went in.
    if (!input.atDoor || (await findSeat(tx, claim.voucherId))) return null;
    return { code: "CONSENT_REQUIRED", version: consentVersion };
  });
}

/** A token says whose it is by itself; a code must be looked up. */
async function claimOf(deps: Deps, input: StartVisitInput): Promise<Claim | null> {
  if ("token" in input) {
    const claims = await verifyToken(deps, input.token);
    return claims.ok
      ? { voucherId: claims.value.jti, visitId: claims.value.visitId, party: claims.value.party }
      : null;
  }
  const seen = await inspectCode(deps, input.code, deps.clock.now(), input.holder);
  return seen.ok ? { voucherId: seen.value.id, visitId: seen.value.visitId, party: seen.value.party } : null;
}
