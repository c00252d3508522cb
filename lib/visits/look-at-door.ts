import type { Tx } from "@/db/as-actor";
import type { Actor, Origin } from "@/lib/kernel/actor";
import { ok, type Result } from "@/lib/kernel/result";
import { type Guarded, guardGuess, noteMiss } from "@/lib/limits/guess-limits";
import { clinicOf } from "@/lib/notifications/clinic";
import { inspectCode } from "@/lib/vouchers/inspect";
import { markOpened } from "@/lib/vouchers/mark-opened";
import type { Voucher, VoucherRefusal } from "@/lib/vouchers/voucher";
import { type Addressee, addresseeOf, reachable } from "./addressee";
import type { Clinic, Door, DoorVisit } from "./answers";
import { arrivalBy } from "./arrival";
import type { Need } from "./deps";
import { findVisit, type VisitWithPeople } from "./find-visit";
import { lookBack } from "./look-back";
import { findSeat } from "./seat";
import { isOpen, statusOf, type VisitStatus } from "./status";
import { windowEndsAt } from "./window";

/**
 * What a person who opens `/j/:code` finds. Spends nothing, however often and by whomever it is opened; the first look is recorded.
 *
 * @param browserId the `vs_browser` cookie's value, or "": lets a browser that has joined before come back in.
 */
export async function lookAtDoor(
  deps: Need<"db" | "clock" | "keyring" | "signer" | "env"> & Guarded,
  { code, browserId, origin }: { code: string; browserId: string; origin: Origin },
): Promise<Result<Door, never>> {
  const { name, phone } = await clinicOf(deps);
  const clinic: Clinic = { name, phone };
  const limited = await guardGuess(deps, origin, code);
  if (limited) return ok({ kind: "limited", retryAfterSeconds: limited.retryAfterSeconds, clinic });

  const now = deps.clock.now();
  const seen = await inspectCode(deps, code, now, browserId); // "" holds nothing
  const voucher = seen.ok ? seen.value : voucherOf(seen.error);
  if (!voucher) {
    if (!seen.ok) await noteMiss(deps, origin, code, seen.error.code);
    return ok({ kind: "unknown", clinic });
  }
  const { party } = voucher;
  const actor: Actor = { kind: "link", voucherId: voucher.id, visitId: voucher.visitId, party, origin };
  const looked = await deps.db.asActor(actor, async (tx) => {
    const found = await findVisit(tx, voucher.visitId);
    if (!found) return null;
    const [to, place] = [await addresseeOf(tx, found, voucher), await placeOf(deps, tx, voucher, browserId)];
    // `seen.ok` of a spent link: this browser is the one that spent it.
    const held = seen.ok && voucher.redeemedAt !== null;
    const back = held ? await lookBack(tx, { visit: found.visit, voucherId: voucher.id, now }) : null;
    return { found, to, place, back };
  });
  if (!looked) return ok({ kind: "unknown", clinic });
  const { found, to, place, back } = looked;

  if (!voucher.openedAt) await markOpened(deps, voucher.id, origin);
  const status = statusOf(found.visit);
  const visit = doorVisit(found, to, status);
  if (back) return ok({ kind: "after", party, visit, clinic, ...back });
  const kind = closedKind(status) ?? (seen.ok ? "ready" : refusedKind(seen.error, to !== null));
  if (kind !== "ready") {
    const canResend =
      isOpen(status) && windowEndsAt(found.visit) > now && to !== null && reachable(to, "both");
    return ok({ kind, party, canResend, visit, clinic });
  }
  const resumable = voucher.redeemedAt !== null;
  return ok({
    kind,
    code,
    voucherId: voucher.id,
    party,
    place,
    phoneOnFile: to !== null && to.sms !== null,
    resumable,
    visit,
    clinic,
    expiresAt: voucher.expiresAt.toISOString(),
  });
}

/** What `startVisit` will ask of this browser, so that the page asks it first. */
async function placeOf(
  deps: Need<"keyring">,
  tx: Tx,
  { id: voucherId, visitId, party }: Voucher,
  holder: string,
): Promise<"known" | "ask" | "not-licensed"> {
  if (party !== "patient") return "known";
  const said = await arrivalBy(deps, tx, { visitId, voucherId, holder });
  if (said) return said.licensed ? "known" : "not-licensed";
  return (await findSeat(tx, voucherId)) ? "known" : "ask";
}

function voucherOf(refusal: VoucherRefusal): Voucher | null {
  return "voucher" in refusal ? refusal.voucher : null;
}

function closedKind(status: VisitStatus): "cancelled" | "ended" | null {
  if (status === "CANCELLED") return "cancelled";
  return status === "COMPLETED" || status === "NO_SHOW" ? "ended" : null;
}

/** @param expected false: a guest who is not invited any more, for whom no newer link will come. */
function refusedKind(
  refusal: VoucherRefusal,
  expected: boolean,
): "expired" | "used" | "revoked" | "uninvited" {
  if (refusal.code === "TOKEN_REUSED") return "used";
  if (refusal.code === "TOKEN_REVOKED" && !expected) return "uninvited";
  return refusal.code === "TOKEN_REVOKED" ? "revoked" : "expired";
}

export function doorVisit(
  { visit, clinician }: VisitWithPeople,
  to: Addressee | null,
  status: VisitStatus,
): DoorVisit {
  return {
    visitId: visit.id,
    clinicianName: clinician.firstName,
    clinicianTitle: clinician.title ?? "",
    scheduledAt: visit.scheduledAt.toISOString(),
    durationMinutes: visit.durationMinutes,
    windowEndsAt: windowEndsAt(visit).toISOString(),
    timeZone: (to ?? clinician).timeZone,
    locale: to?.locale ?? "en",
    status,
  };
}
