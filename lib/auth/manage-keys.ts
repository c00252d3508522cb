import { randomBytes, randomUUID } from "node:crypto";
import { desc, eq } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { apiKeys } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import type { DoorDeps } from "@/lib/http/deps";
import type { Actor } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";

/** What a key may be made for: the scopes of the table in `access.ts`. `admin` is all of them. */
export const apiScopes = ["visits", "rooms", "customers", "handovers", "audit", "admin"] as const;
export type ApiScope = (typeof apiScopes)[number];
/** How long a secret is good for, in days; null: until somebody ends it. */
export const keyLifetimes = [30, 90, 365, null] as const;
export type KeyLifetime = (typeof keyLifetimes)[number];
/** How long the secret before works on after a rotation. Hours; 0: it ends at once. */
export const keyOverlaps = [0, 1, 24, 168] as const;
export type KeyOverlap = (typeof keyOverlaps)[number];

export type KeyEntry = {
  keyId: string;
  name: string;
  scopes: readonly string[];
  createdAt: string;
  rotatedAt: string | null;
  lastUsedAt: string | null;
  expiresAt: string | null;
  /** Until when the secret before the last rotation works too. */
  previousUntil: string | null;
  state: "live" | "expired" | "revoked";
};
type Deps = Pick<DoorDeps, "db" | "clock" | "keyring">;
type Forbidden = { code: "FORBIDDEN" };
type KeyClosed = { code: "KEY_CLOSED" };
type Row = typeof apiKeys.$inferSelect;

const isAdmin = (actor: Actor): actor is Extract<Actor, { kind: "person" }> =>
  actor.kind === "person" && actor.role === "admin";

/** Every key, the newest first. No secret is anywhere to be read: only hashes are kept. */
export async function listKeys(
  { db, clock }: Deps,
  { actor }: { actor: Actor },
): Promise<Result<KeyEntry[], Forbidden>> {
  if (!isAdmin(actor)) return err({ code: "FORBIDDEN" });
  const now = clock.now();
  const rows = await db.asActor(actor, (tx) =>
    tx.select().from(apiKeys).orderBy(desc(apiKeys.createdAt), desc(apiKeys.id)).limit(500),
  );
  return ok(
    rows.map((row) => ({
      keyId: row.id,
      name: row.name,
      scopes: row.scopes,
      createdAt: row.createdAt.toISOString(),
      rotatedAt: row.rotatedAt?.toISOString() ?? null,
      lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
      expiresAt: row.expiresAt?.toISOString() ?? null,
      previousUntil: row.previousUntil && row.previousUntil > now ? row.previousUntil.toISOString() : null,
      state: stateOf(row, now),
    })),
  );
}

/** @returns the secret: shown to whoever made it, and never again. */
export async function createKey(
  deps: Deps,
  {
    actor,
    name,
    scopes,
    lifetimeDays,
  }: { actor: Actor; name: string; scopes: readonly ApiScope[]; lifetimeDays: KeyLifetime },
): Promise<Result<{ keyId: string; secret: string }, Forbidden>> {
  if (!isAdmin(actor)) return err({ code: "FORBIDDEN" });
  const id = randomUUID();
  const now = deps.clock.now();
  const { secret, keyHash } = newSecret(deps);
  return deps.db.asActor(actor, async (tx) => {
    await tx.insert(apiKeys).values({
      id,
      name,
      keyHash,
      scopes: [...scopes],
      createdBy: actor.id,
      createdAt: now,
      lifetimeDays,
      expiresAt: endOf(now, lifetimeDays),
    });
    const metadata = { keyId: id, name, scopes: [...scopes], lifetimeDays };
    await recordAudit(tx, { event: "API_KEY_CREATED", actor, metadata });
    return ok({ keyId: id, secret });
  });
}

/** A new secret for the same key, good for as long as the first was; the one before works on for `overlapHours`, then ends by itself. */
export async function rotateKey(
  deps: Deps,
  { actor, keyId, overlapHours }: { actor: Actor; keyId: string; overlapHours: KeyOverlap },
): Promise<Result<{ keyId: string; secret: string }, Forbidden | KeyClosed>> {
  const { secret, keyHash } = newSecret(deps);
  const done = await changeKey(deps, { actor, keyId }, async (tx, row, now) => {
    const overlap = new Date(now.getTime() + overlapHours * 3_600_000);
    // The old secret gains no life by being replaced.
    const previousUntil = row.expiresAt && row.expiresAt < overlap ? row.expiresAt : overlap;
    const previous =
      overlapHours === 0
        ? { previousHash: null, previousUntil: null }
        : { previousHash: row.keyHash, previousUntil };
    await tx
      .update(apiKeys)
      .set({ keyHash, rotatedAt: now, expiresAt: endOf(now, row.lifetimeDays), ...previous })
      .where(eq(apiKeys.id, keyId));
    await recordAudit(tx, {
      event: "API_KEY_ROTATED",
      actor,
      metadata: { keyId, name: row.name, overlapHours },
    });
  });
  return done.ok ? ok({ keyId, secret }) : done;
}

/** Ends a key, and the secret before it, from this commit on. */
export function revokeKey(
  deps: Deps,
  { actor, keyId }: { actor: Actor; keyId: string },
): Promise<Result<void, Forbidden | KeyClosed>> {
  return changeKey(deps, { actor, keyId }, async (tx, row, now) => {
    await tx
      .update(apiKeys)
      .set({ revokedAt: now, previousHash: null, previousUntil: null })
      .where(eq(apiKeys.id, keyId));
    await recordAudit(tx, { event: "API_KEY_REVOKED", actor, metadata: { keyId, name: row.name } });
  });
}

/** Only a key that still works is changed; an expired one stays as it ended. */
async function changeKey(
  deps: Deps,
  { actor, keyId }: { actor: Actor; keyId: string },
  work: (tx: Tx, row: Row, now: Date) => Promise<void>,
): Promise<Result<void, Forbidden | KeyClosed>> {
  if (!isAdmin(actor)) return err({ code: "FORBIDDEN" });
  return deps.db.asActor(actor, async (tx) => {
    const [row] = await tx.select().from(apiKeys).where(eq(apiKeys.id, keyId)).for("update");
    const now = deps.clock.now();
    if (!row || stateOf(row, now) !== "live") return err({ code: "KEY_CLOSED" } as const);
    await work(tx, row, now);
    return ok(undefined);
  });
}

function stateOf({ revokedAt, expiresAt }: Row, now: Date): KeyEntry["state"] {
  if (revokedAt) return "revoked";
  return expiresAt && expiresAt <= now ? "expired" : "live";
}

const endOf = (now: Date, days: number | null) =>
  days === null ? null : new Date(now.getTime() + days * 86_400_000);

/** 256 bits; the beginning says what it is, so that a scanner finds one that was committed somewhere. */
function newSecret({ keyring }: Pick<Deps, "keyring">) {
  const secret = `vsk_${randomBytes(32).toString("base64url")}`;
  return { secret, keyHash: keyring.hash("api-key", secret) };
}
