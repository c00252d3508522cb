import { describe, expect, test } from "vitest";
import { beginExchange, modPow, N, proofHolds, signedBytes, verifierFor } from "./srp";
import { srpClient, srpTimestamp } from "./testing/srp-client";

const salt = "0f".repeat(16);
const userId = "64e8d478-5031-7056-0a8d-0123456789ab";
const timestamp = "Sat Nov 21 09:00:00 UTC 2026";
const block = Buffer.alloc(64, 7).toString("base64");

function attempt(password: string, changes: { timestamp?: string; userId?: string; poolName?: string } = {}) {
  const client = srpClient();
  const exchange = beginExchange(client.A, verifierFor("laptop001", userId, "Correct-Horse-9", salt));
  if (!exchange) throw new Error("refused A");
  const challenge = {
    SALT: salt,
    SRP_B: exchange.B.toString(16),
    SECRET_BLOCK: block,
    USER_ID_FOR_SRP: userId,
  };
  const proof = client.prove(challenge, "us-east-1_laptop001", password, timestamp);
  return proofHolds(exchange, {
    poolName: "laptop001",
    userId,
    secretBlock: Buffer.from(block, "base64"),
    timestamp,
    signature: proof.PASSWORD_CLAIM_SIGNATURE,
    ...changes,
  });
}

describe("SRP-6a, 3072 bits", () => {
  test("the group is RFC 3526's fifteenth", () => {
    const hex = N.toString(16).toUpperCase();
    expect(hex).toHaveLength(768);
    expect(hex.slice(0, 40)).toBe("FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B");
    expect(hex.slice(-40)).toBe("E0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF");
  });

  test("a client written from the RFCs alone proves the password, and no other password proves", () => {
    for (let round = 0; round < 20; round++) expect(attempt("Correct-Horse-9")).toBe(true);
    expect(attempt("correct-Horse-9")).toBe(false);
    expect(attempt("")).toBe(false);
  });

  test("a proof is bound to its time, its user and its pool", () => {
    expect(attempt("Correct-Horse-9", { timestamp: "Sat Nov 21 09:00:01 UTC 2026" })).toBe(false);
    expect(attempt("Correct-Horse-9", { userId: userId.replace("6", "7") })).toBe(false);
    expect(attempt("Correct-Horse-9", { poolName: "laptop002" })).toBe(false);
  });

  test("multiples of N are refused: they would make every password right", () => {
    for (const bad of [0n, N, 2n * N]) expect(beginExchange(bad.toString(16), "2")).toBeNull();
    for (const bad of ["", "-1", "0x10", "f".repeat(1025), "١"]) expect(beginExchange(bad, "2")).toBeNull();
  });
});

test("numbers are written as Java writes them: fewest bytes, the top bit free", () => {
  expect(signedBytes(0n)).toEqual(Buffer.from([0]));
  expect(signedBytes(0x7fn)).toEqual(Buffer.from([0x7f]));
  expect(signedBytes(0x80n)).toEqual(Buffer.from([0, 0x80]));
  expect(signedBytes(0x1234n)).toEqual(Buffer.from([0x12, 0x34]));
  expect(signedBytes(0xfff0n)).toEqual(Buffer.from([0, 0xff, 0xf0]));
});

test("powers agree with Fermat", () => {
  expect(modPow(3n, 0n, 7n)).toBe(1n);
  expect(modPow(3n, 5n, 7n)).toBe(5n);
  expect(modPow(5n, N - 1n, N)).toBe(1n);
});

test("a timestamp has no zero before a single-digit day", () => {
  expect(srpTimestamp(Date.parse("2026-12-05T04:03:02Z"))).toBe("Sat Dec 5 04:03:02 UTC 2026");
});
