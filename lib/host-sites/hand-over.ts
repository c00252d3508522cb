import { randomBytes, randomUUID } from "node:crypto";
import { eq, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { customers, hostSites } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { recordRefusal } from "@/lib/audit/record-refusal";
import { type Actor, clerk } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { isUuid } from "@/lib/kernel/uuid";
import { skewSeconds, toHandoverPayload } from "@/lib/vouchers/claims";
import { signJws } from "@/lib/vouchers/jws";
import { kinds } from "@/lib/vouchers/kinds";
import type { Need } from "./deps";

/** From the site's server through the site's page to ours. */
const handoverSeconds = 60;
/** What a site's clock may be ahead of ours, beyond which its word on a sign-in is none. */
const aheadMaxMs = 120_000;
const kind = kinds["host-handover"];

export type HandoverRequest = {
  actor: Extract<Actor, { kind: "api-key" | "person" }>;
  siteId: string;
  /** Of the page that will hold our call. */
  origin: string;
  /** The customer's number in the clinic's own book, or our id. */
  customer: string;
  /** When, and whether by more than a password, they signed in over there, as the site says. */
  signedInAt: Date;
  secondStep: boolean;
};
export type HandoverRefusal =
  | { code: "SITE_UNKNOWN" }
  | { code: "SITE_SUSPENDED" }
  | { code: "ORIGIN_NOT_LISTED" }
  | { code: "CUSTOMER_UNKNOWN" }
  | { code: "SIGN_IN_IN_FUTURE" }
  | { code: "SESSION_TOO_OLD" };
type Deps = Need<"env" | "db" | "clock" | "keyring" | "signer">;

/**
 * A site's server hands one of its customers over: a voucher (ES256, `typ host-handover+jwt`) that opens one session, within 60 seconds, from a page of
 * this origin. Row and record commit together; the site vouches for the sign-in, and the agent is told so.
 */
export async function handOver(
  deps: Deps,
  asked: HandoverRequest,
): Promise<Result<{ handover: string; expiresAt: string }, HandoverRefusal>> {
  const now = deps.clock.now();
  const found = await judge(deps, asked, now);
  if (!found.ok) {
    await recordRefusal(deps, {
      event: "TOKEN_REFUSED",
      actor: asked.actor,
      metadata: { kind: "host-handover", ...(isUuid(asked.siteId) && { siteId: asked.siteId }) },
      errorCode: found.error.code,
    });
    return found;
  }
  const id = randomUUID();
  const nonce = randomBytes(32).toString("hex");
  const iat = Math.floor(now.getTime() / 1000);
  const exp = iat + handoverSeconds;
  const { siteId, origin } = asked;
  const sub = found.value;
  const claims = { jti: id, exp, nbf: iat - skewSeconds, iat, sub, siteId, origin, nonce };
  const handover = await signJws(deps.signer, kind.typ, toHandoverPayload(kind, claims));
  await deps.db.asActor(clerk, (tx) => keep(deps, tx, asked, { id, nonce, iat, exp, customerId: sub }));
  return ok({ handover, expiresAt: new Date(exp * 1000).toISOString() });
}

/** @returns whose record it is. */
async function judge(
  { db, env }: Deps,
  { siteId, origin, customer, signedInAt }: HandoverRequest,
  now: Date,
): Promise<Result<string, HandoverRefusal>> {
  const ageMs = now.getTime() - signedInAt.getTime();
  if (ageMs < -aheadMaxMs) return err({ code: "SIGN_IN_IN_FUTURE" });
  if (ageMs > env.SUPPORT_SIGN_IN_MAX_MINUTES * 60_000) return err({ code: "SESSION_TOO_OLD" });
  if (!isUuid(siteId)) return err({ code: "SITE_UNKNOWN" });
  return db.asActor(clerk, async (tx) => {
    const [site] = await tx.select().from(hostSites).where(eq(hostSites.id, siteId));
    if (!site) return err({ code: "SITE_UNKNOWN" });
    if (site.suspendedAt) return err({ code: "SITE_SUSPENDED" });
    if (!site.origins.includes(origin)) return err({ code: "ORIGIN_NOT_LISTED" });
    const [known] = await tx
      .select({ id: customers.id })
      .from(customers)
      .where(
        or(
          eq(customers.externalId, customer),
          isUuid(customer) ? eq(customers.id, customer.toLowerCase()) : undefined,
        ),
      )
      // A number that looks like an id of ours is a number.
      .orderBy(sql`${customers.externalId} = ${customer} DESC NULLS LAST`)
      .limit(1);
    return known ? ok(known.id) : err({ code: "CUSTOMER_UNKNOWN" });
  });
}

type Made = { id: string; nonce: string; iat: number; exp: number; customerId: string };

async function keep(
  { keyring, clock }: Deps,
  tx: Tx,
  { actor, siteId, origin, signedInAt, secondStep }: HandoverRequest,
  { id, nonce, iat, exp, customerId }: Made,
): Promise<void> {
  // Its clock may be ahead: nobody signed in later than now.
  const at = new Date(Math.min(signedInAt.getTime(), clock.now().getTime())).toISOString();
  await tx.execute(sql`
    INSERT INTO host_handovers (id, site_id, origin, customer_id, nonce_hash, signed_in_at, second_step, issued_by, issued_at, expires_at)
    VALUES (${id}, ${siteId}, ${origin}, ${customerId}, ${keyring.hash("host-nonce", nonce)}, ${at}, ${secondStep}, ${actor.id},
      to_timestamp(${iat}), to_timestamp(${exp}))`);
  await recordAudit(tx, {
    event: "TOKEN_ISSUED",
    actor,
    tokenId: id,
    metadata: { kind: "host-handover", siteId, expiresAt: new Date(exp * 1000).toISOString() },
  });
  // Whatever they opened is over by then, and the audit keeps what happened. A few at a time, by whoever comes next.
  await tx.execute(sql`
    DELETE FROM host_handovers WHERE id IN (
      SELECT id FROM host_handovers WHERE issued_at < ${new Date(clock.now().getTime() - 86_400_000).toISOString()}
      ORDER BY issued_at LIMIT 50 FOR UPDATE SKIP LOCKED)`);
}
