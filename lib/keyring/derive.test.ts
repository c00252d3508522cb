import { randomBytes, randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { SealBroken } from "@/lib/ports/cipher";
import { keyringOf } from "./derive";

const key = () => ({ id: randomUUID(), bytes: randomBytes(32) });
const [older, newer] = [key(), key()];
const ring = keyringOf([older, newer]);

test("a hash depends on its purpose and value, and on nothing else", () => {
  expect(ring.hash("voucher-code", "a")).toEqual(ring.hash("voucher-code", "a"));
  expect(ring.hash("voucher-code", "a")).not.toEqual(ring.hash("holder", "a"));
  expect(ring.hash("voucher-code", "a")).not.toEqual(ring.hash("voucher-code", "b"));
});

test("after a rotation old hashes are still found, new ones are made under the new key, and a retired key finds nothing", () => {
  const before = keyringOf([older]).hash("voucher-code", "a");
  expect(ring.hashes("voucher-code", "a")).toEqual([ring.hash("voucher-code", "a"), before]);
  expect(ring.matches("voucher-code", "a", before)).toBe(true);
  expect(keyringOf([newer]).matches("voucher-code", "a", before)).toBe(false);
  expect(ring.matches("voucher-code", "a", Buffer.alloc(5))).toBe(false);
});

test("what is sealed comes back, only in its place and with its secret", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.string(), fc.string(), (bytes, aad, secret) => {
      const sealed = ring.seal("outbox-payload", bytes, aad, secret);
      expect(ring.unseal("outbox-payload", sealed, aad, secret)).toEqual(Buffer.from(bytes));
      expect(() => ring.unseal("outbox-payload", sealed, `${aad}.`, secret)).toThrow(SealBroken);
      expect(() => ring.unseal("outbox-payload", sealed, aad, `${secret}.`)).toThrow(SealBroken);
      expect(() => ring.unseal("seat-credentials", sealed, aad, secret)).toThrow(SealBroken);
    }),
    { numRuns: 300 },
  );
});

test("no bit of a seal can be turned, and no other bytes open", () => {
  const sealed = ring.seal("outbox-payload", "text", "row");
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    const other = Buffer.from(sealed);
    other[bit >> 3]! ^= 1 << (bit & 7);
    expect(() => ring.unseal("outbox-payload", other, "row"), `bit ${bit}`).toThrow(SealBroken);
  }
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
      expect(() => ring.unseal("outbox-payload", bytes, "row")).toThrow(SealBroken);
    }),
    { numRuns: 10_000 },
  );
});

test("what an older key sealed opens after a rotation, and no longer once that key is retired", () => {
  const sealed = keyringOf([older]).seal("outbox-payload", "text", "row");
  expect(ring.unseal("outbox-payload", sealed, "row").toString()).toBe("text");
  expect(() => keyringOf([newer]).unseal("outbox-payload", sealed, "row")).toThrow(SealBroken);
});

test("a shared secret is the same in every process and never a key of another use", () => {
  expect(keyringOf([older, newer]).secret("next-auth")).toEqual(ring.secret("next-auth"));
  expect(ring.secret("next-auth")).not.toEqual(ring.secret("rate-limit"));
});
