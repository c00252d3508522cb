import { recordAudit } from "@/lib/audit/record";
import type { Actor, Origin } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { type Guarded, type GuessLimited, guardGuess, noteMiss } from "@/lib/limits/guess-limits";
import { resolveCode } from "@/lib/vouchers/resolve-code";
import type { Need } from "./deps";
import type { LinkRefusal } from "./refusals";

/**
 * The full token of a short code, for callers of the API; our own page never asks. The token can do no more than the code that was
 * presented, and unsealing it needs that code: neither we nor a thief of the database can read it without.
 * @see seed 4, `GET /api/token/resolve/:shortCode`.
 */
export async function resolveShortCode(
  deps: Need<"db" | "clock" | "keyring"> & Guarded,
  { code, origin }: { code: string; origin: Origin },
): Promise<Result<{ token: string; expiresAt: string }, LinkRefusal | GuessLimited>> {
  const limited = await guardGuess(deps, origin, code);
  if (limited) return err(limited);
  const resolved = await resolveCode(deps, code);
  if (!resolved.ok) {
    await noteMiss(deps, origin, code, resolved.error.code);
    return err({ code: resolved.error.code });
  }
  const { token, expiresAt, voucher } = resolved.value;
  const actor: Actor = {
    kind: "link",
    voucherId: voucher.id,
    visitId: voucher.visitId,
    party: voucher.party,
    origin,
  };
  await deps.db.asActor(actor, (tx) => recordAudit(tx, { event: "LINK_RESOLVED", actor }));
  return ok({ token, expiresAt: expiresAt.toISOString() });
}
