import type { Origin } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { type Guarded, type GuessLimited, guardGuess, noteMiss } from "@/lib/limits/guess-limits";
import { inspectToken } from "@/lib/vouchers/inspect";
import type { TokenLook } from "./answers";
import { closedBehind } from "./closed-behind";
import type { Need } from "./deps";
import { lookBehind, type VisitBehind } from "./look-behind";
import { closedRefusal, type LinkRefusal, type VisitClosed } from "./refusals";
import { statusOf } from "./status";

/**
 * Tells what a join token is good for. Reads only: a link preview may call it a hundred times. Tolerates clocks two minutes off.
 * @see seed 4, "Validate Token (Pre-Join)".
 */
export async function lookAtToken(
  deps: Need<"db" | "clock" | "keyring" | "signer"> & Guarded,
  { token, holder, origin }: { token: string; holder?: string; origin: Origin },
): Promise<Result<TokenLook, LinkRefusal | VisitClosed | GuessLimited>> {
  const limited = await guardGuess(deps, origin, "");
  if (limited) return err(limited);
  const now = deps.clock.now();
  const behind: { visit?: VisitBehind } = {};
  const seen = await inspectToken(deps, token, now, holder ?? "", async (id) => {
    const found = await lookBehind(deps.db, id);
    behind.visit = found?.visit;
    return found?.voucher ?? null;
  });
  if (!seen.ok) {
    await noteMiss(deps, origin, "", seen.error.code);
    return err((await closedBehind(deps, seen.error, origin)) ?? { code: seen.error.code });
  }
  const voucher = seen.value;
  const { visit } = behind;
  if (!visit) return err({ code: "TOKEN_INVALID" });
  const closed = closedRefusal(statusOf(visit), visit);
  if (closed) return err(closed);
  const warnings: TokenLook["warnings"] = [];
  if (voucher.expiresAt < visit.scheduledAt && !voucher.redeemedAt) warnings.push("LINK_ENDS_BEFORE_VISIT");
  if (voucher.redeemedAt) warnings.push("ALREADY_JOINED_HERE");
  return ok({
    valid: true,
    visit: {
      visitId: visit.id,
      scheduledAt: visit.scheduledAt.toISOString(),
      clinicianName: visit.clinicianName,
      duration: visit.durationMinutes,
    },
    expiresIn: Math.max(0, Math.floor((voucher.expiresAt.getTime() - now.getTime()) / 1000)),
    warnings,
  });
}
