import { expect, test } from "vitest";
import { decoyRecord, decoySub } from "./decoy";
import { hashPassword, passwordMatches } from "./password";
import type { Pool } from "./state";

const pool = { decoySecret: Buffer.alloc(32, 1).toString("base64") } as Pool;
const otherPool = { decoySecret: Buffer.alloc(32, 2).toString("base64") } as Pool;

test("somebody who doesn't exist always looks the same in one pool, and like nobody in another", () => {
  expect(decoyRecord(pool, "Ghost@example.com")).toEqual(decoyRecord(pool, "ghost@example.com"));
  expect(decoyRecord(pool, "a@example.com")).not.toEqual(decoyRecord(otherPool, "a@example.com"));
  expect(decoySub(pool, "a@example.com")).not.toBe(decoySub(pool, "b@example.com"));
  expect(decoySub(pool, "a@example.com")).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
});

test("is shaped like a real record, so that answers and the work behind them are alike", async () => {
  const real = await hashPassword("us-east-1_laptop001", "sub", "Correct-Horse-9");
  const decoy = decoyRecord(pool, "ghost@example.com");
  for (const part of ["salt", "hash", "srpSalt"] as const)
    expect(decoy[part]).toHaveLength(real[part].length);
  expect(await passwordMatches(decoy, "Correct-Horse-9")).toBe(false);
});
