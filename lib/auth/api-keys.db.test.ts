import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { apiKeys, auditLog, staff } from "@/db/schema";
import { person, system } from "@/db/testing/people";
import { granted, openVisits } from "@/lib/visits/testing";
import { access } from "./access";
import { findApiKey, hasScope } from "./api-keys";
import { apiScopes, createKey, listKeys, revokeKey, rotateKey } from "./manage-keys";

let visits: Awaited<ReturnType<typeof openVisits>>;
beforeAll(async () => {
  visits = await openVisits();
});
afterAll(() => visits.close());

const origin = { ip: "203.0.113.5", userAgent: "test" };

async function makeKey(scopes: string[]): Promise<string> {
  const key = `vsk_${randomUUID()}`;
  const { db, keyring } = visits.deps;
  await db.asActor(system, async (tx) => {
    await tx
      .insert(apiKeys)
      .values({ id: randomUUID(), name: "test", keyHash: keyring.hash("api-key", key), scopes });
  });
  return key;
}

test("a key comes with its scopes as they were given, each whole", async () => {
  const found = await findApiKey(visits.deps, await makeKey(["visits", "audit"]), origin);
  expect(found?.scopes).toEqual(["visits", "audit"]);
});

test("a scope whose name holds another's grants nothing of the other", async () => {
  const found = await findApiKey(visits.deps, await makeKey(["visits-report"]), origin);
  expect(hasScope(found?.scopes ?? [], "visits")).toBe(false);
});

test("an unknown key is nobody's", async () => {
  expect(await findApiKey(visits.deps, `vsk_${randomUUID()}`, origin)).toBeNull();
});

describe("an admin's keys", () => {
  const id = randomUUID();
  const admin = person(id, "admin");
  beforeAll(() =>
    visits.deps.db.asActor(system, async (tx) => {
      await tx.insert(staff).values({
        id,
        email: `${id}@example.test`,
        role: "admin",
        firstName: "Ada",
        lastName: "Test",
        timeZone: "UTC",
      });
    }),
  );
  const make = async (lifetimeDays: 30 | null = null) =>
    granted(
      await createKey(visits.deps, { actor: admin, name: "Billing", scopes: ["visits"], lifetimeDays }),
    );
  const opens = async (secret: string) => (await findApiKey(visits.deps, secret, origin)) !== null;
  const entryOf = async (keyId: string) =>
    granted(await listKeys(visits.deps, { actor: admin })).find((key) => key.keyId === keyId);
  const longAgo = (keyId: string, what: object) =>
    visits.deps.db.asActor(system, async (tx) => {
      await tx.update(apiKeys).set(what).where(eq(apiKeys.id, keyId));
    });
  const past = () => new Date(Date.now() - 60_000);

  test("open what they are for from the moment they are made, and no list holds the secret", async () => {
    const { keyId, secret } = await make();
    expect(await findApiKey(visits.deps, secret, origin)).toMatchObject({ id: keyId, scopes: ["visits"] });
    expect(await entryOf(keyId)).toMatchObject({ name: "Billing", state: "live", expiresAt: null });
    const kept = await visits.deps.db.asActor(system, async (tx) => [
      ...(await tx.select().from(apiKeys)),
      ...(await tx.select().from(auditLog)),
    ]);
    expect(JSON.stringify(kept)).not.toContain(secret);
  });

  test("end after the time that was chosen", async () => {
    const { keyId, secret } = await make(30);
    expect(await opens(secret)).toBe(true);
    await longAgo(keyId, { expiresAt: past() });
    expect(await opens(secret)).toBe(false);
    expect(await entryOf(keyId)).toMatchObject({ state: "expired" });
    expect(await rotateKey(visits.deps, { actor: admin, keyId, overlapHours: 1 })).toEqual({
      ok: false,
      error: { code: "KEY_CLOSED" },
    });
  });

  test("get a new secret: the old one works as long as was chosen and no longer, the one before that not at all", async () => {
    const { keyId, secret: first } = await make();
    const again = async (overlapHours: 0 | 24) =>
      granted(await rotateKey(visits.deps, { actor: admin, keyId, overlapHours })).secret;
    const second = await again(24);
    expect([await opens(first), await opens(second)]).toEqual([true, true]);
    expect(await entryOf(keyId)).toMatchObject({ previousUntil: expect.any(String) });
    const third = await again(24);
    expect([await opens(first), await opens(second), await opens(third)]).toEqual([false, true, true]);
    await longAgo(keyId, { previousUntil: past() });
    expect([await opens(second), await opens(third)]).toEqual([false, true]);
    const fourth = await again(0);
    expect([await opens(third), await opens(fourth)]).toEqual([false, true]);
  });

  test("gain no life for an old secret that was about to end", async () => {
    const { keyId, secret } = await make(30);
    const soon = new Date(Date.now() + 60_000);
    await longAgo(keyId, { expiresAt: soon });
    await rotateKey(visits.deps, { actor: admin, keyId, overlapHours: 24 });
    expect(await entryOf(keyId)).toMatchObject({ previousUntil: soon.toISOString() });
    expect(await opens(secret)).toBe(true);
  });

  test("once ended open nothing, by either secret, and it is recorded who did what", async () => {
    const { keyId, secret } = await make();
    const { secret: second } = granted(
      await rotateKey(visits.deps, { actor: admin, keyId, overlapHours: 24 }),
    );
    expect(await revokeKey(visits.deps, { actor: admin, keyId })).toMatchObject({ ok: true });
    expect([await opens(secret), await opens(second)]).toEqual([false, false]);
    expect(await revokeKey(visits.deps, { actor: admin, keyId })).toEqual({
      ok: false,
      error: { code: "KEY_CLOSED" },
    });
    const recorded = await visits.deps.db.asActor(system, (tx) => tx.select().from(auditLog));
    const events = recorded.filter(({ metadata }) => JSON.stringify(metadata).includes(keyId));
    expect(events.map(({ eventType }) => eventType).sort()).toEqual([
      "API_KEY_CREATED",
      "API_KEY_REVOKED",
      "API_KEY_ROTATED",
    ]);
  });

  test("are nobody else's to see, make, change or end; nor another key's", async () => {
    const { keyId, secret } = await make();
    const others = [
      ...(["scheduler", "clinician", "agent", "auditor", "customer"] as const).map((role) =>
        person(randomUUID(), role),
      ),
      { kind: "api-key", id: randomUUID(), scopes: ["admin"], origin } as const,
    ];
    for (const actor of others)
      for (const deed of [
        listKeys(visits.deps, { actor }),
        createKey(visits.deps, { actor, name: "Mine", scopes: ["admin"], lifetimeDays: null }),
        rotateKey(visits.deps, { actor, keyId, overlapHours: 0 }),
        revokeKey(visits.deps, { actor, keyId }),
      ])
        expect(await deed, JSON.stringify(actor)).toEqual({ ok: false, error: { code: "FORBIDDEN" } });
    expect(await opens(secret)).toBe(true);
  });
});

test("a key can be made for every scope that a door asks for", () => {
  for (const [route, rule] of Object.entries(access))
    if ("scope" in rule) expect(apiScopes, route).toContain(rule.scope);
});
