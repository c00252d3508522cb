import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { apiKeys } from "@/db/schema";
import { system } from "@/db/testing/people";
import { openVisits } from "@/lib/visits/testing";
import { findApiKey, hasScope } from "./api-keys";

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
