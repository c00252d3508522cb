import { randomBytes } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { hostHandovers, hostSites } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { recordRefusal } from "@/lib/audit/record-refusal";
import { clerk, type Origin } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { type Guarded, type GuessLimited, guardGuess, noteMiss } from "@/lib/limits/guess-limits";
import { type HandoverClaims, judgeTimes, readHandoverClaims } from "@/lib/vouchers/claims";
import { kinds } from "@/lib/vouchers/kinds";
import { verifyClaims } from "@/lib/vouchers/verify-token";
import type { Need } from "./deps";
import { hostSessionPrefix, sessionMaxSeconds } from "./read-session";

export type OpenRefusal =
  | GuessLimited
  | { code: "TOKEN_INVALID" }
  | { code: "TOKEN_NOT_YET_VALID" }
  | { code: "TOKEN_EXPIRED" }
  | { code: "TOKEN_REUSED" }
  | { code: "SITE_SUSPENDED" };
/** `session`: a credential, told this once. */
export type OpenedSession = { session: string; expiresAt: string };
type Asked = { siteId: string; handover: string; hostOrigin: string; origin: Origin };
type Lost = { ok: false; error: Exclude<OpenRefusal, GuessLimited>; tokenId?: string };
type Deps = Need<"db" | "clock" | "keyring" | "signer"> & Guarded;

/**
 * Spends a handover: one conditional UPDATE, one winner, recorded in the same transaction. It opens a session for calls, of the customer that the site
 * named, for whichever page of ours brought it, while the site is not suspended. A second try is refused, whoever makes it.
 *
 * @param asked.hostOrigin the origin from which the voucher reached our page, as the browser told that page.
 */
export async function openHostSession(deps: Deps, asked: Asked): Promise<Result<OpenedSession, OpenRefusal>> {
  const limited = await guardGuess(deps, asked.origin, "");
  if (limited) return err(limited);
  const opened = await open(deps, asked);
  if (opened.ok) return opened;
  await noteMiss(deps, asked.origin, "", opened.error.code);
  await recordRefusal(deps, {
    event: opened.error.code === "TOKEN_REUSED" ? "TOKEN_REUSED" : "TOKEN_REFUSED",
    actor: { kind: "anonymous", origin: asked.origin },
    ...(opened.tokenId && { tokenId: opened.tokenId }),
    metadata: { kind: "host-handover" },
    errorCode: opened.error.code,
  });
  return err(opened.error);
}

async function open(deps: Deps, asked: Asked): Promise<{ ok: true; value: OpenedSession } | Lost> {
  const verified = await verifyClaims(deps, kinds["host-handover"], asked.handover, readHandoverClaims);
  if (!verified.ok) return verified;
  const claims = verified.value;
  const times = judgeTimes(claims, deps.clock.now());
  if (times === "invalid") return err({ code: "TOKEN_INVALID" });
  if (times === "early") return err({ code: "TOKEN_NOT_YET_VALID" });
  // For another site, or told by another page than it was made for.
  if (claims.siteId !== asked.siteId || claims.origin !== asked.hostOrigin)
    return { ...err({ code: "TOKEN_INVALID" } as const), tokenId: claims.jti };
  const token = `${hostSessionPrefix}${randomBytes(32).toString("base64url")}`;
  return deps.db.asActor(clerk, async (tx) => {
    const won = await spend(deps, tx, claims, token);
    if (!won) return { ...err(await whyLost(tx, claims)), tokenId: claims.jti };
    await recordAudit(tx, {
      event: "TOKEN_REDEEMED",
      actor: { kind: "anonymous", origin: asked.origin },
      tokenId: claims.jti,
      metadata: { kind: "host-handover", siteId: claims.siteId, customer: claims.sub },
    });
    return ok({ session: token, expiresAt: new Date(won.until).toISOString() });
  });
}

/** Expiry is strict, and by the database's clock. */
async function spend(
  { keyring }: Deps,
  tx: Tx,
  { jti, nonce, sub, siteId, origin }: HandoverClaims,
  token: string,
): Promise<{ until: string } | undefined> {
  const nonces = sql.join(
    keyring.hashes("host-nonce", nonce).map((hash) => sql`${hash}`),
    sql`, `,
  );
  const [won] = await tx.execute<{ until: string }>(sql`
    UPDATE host_handovers h SET redeemed_at = now(), last_seen_at = now(), session_hash = ${keyring.hash("host-session", token)},
      session_expires_at = now() + make_interval(secs => ${sessionMaxSeconds})
    FROM host_sites s
    WHERE h.id = ${jti} AND s.id = h.site_id AND h.redeemed_at IS NULL AND h.expires_at > clock_timestamp()
      AND s.suspended_at IS NULL AND h.origin = ANY (s.origins) AND h.nonce_hash IN (${nonces})
      AND h.customer_id = ${sub} AND h.site_id = ${siteId} AND h.origin = ${origin}
    RETURNING h.session_expires_at AS until`);
  return won;
}

/** We lost the UPDATE, so this read only explains; it can never grant. */
async function whyLost(tx: Tx, { jti }: HandoverClaims): Promise<Lost["error"]> {
  const [row] = await tx
    .select({
      redeemedAt: hostHandovers.redeemedAt,
      origin: hostHandovers.origin,
      origins: hostSites.origins,
      suspendedAt: hostSites.suspendedAt,
      expired: sql<boolean>`${hostHandovers.expiresAt} <= clock_timestamp()`,
    })
    .from(hostHandovers)
    .innerJoin(hostSites, eq(hostSites.id, hostHandovers.siteId))
    .where(eq(hostHandovers.id, jti));
  if (!row) return { code: "TOKEN_INVALID" };
  if (row.redeemedAt) return { code: "TOKEN_REUSED" };
  if (row.suspendedAt || !row.origins.includes(row.origin)) return { code: "SITE_SUSPENDED" };
  return { code: row.expired ? "TOKEN_EXPIRED" : "TOKEN_INVALID" };
}
