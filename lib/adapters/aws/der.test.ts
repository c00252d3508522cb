import { generateKeyPairSync, sign, verify } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rawSignature } from "./der";

const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });

describe("a KMS signature as a JWS wants it", () => {
  test("keeps verifying, whatever the lengths of r and s", () => {
    for (let round = 0; round < 400; round++) {
      const message = Buffer.from(`message ${round}`);
      const raw = rawSignature(sign("sha256", message, privateKey));
      expect(raw).toHaveLength(64);
      expect(verify("sha256", message, { key: publicKey, dsaEncoding: "ieee-p1363" }, raw)).toBe(true);
    }
  });

  test("short integers are padded on the left", () => {
    const raw = rawSignature(Uint8Array.from([0x30, 6, 2, 1, 1, 2, 1, 2]));
    expect(raw[31]).toBe(1);
    expect(raw[63]).toBe(2);
  });

  test("bytes that are no signature are refused, never misread", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        try {
          expect(rawSignature(bytes)).toHaveLength(64);
        } catch (error) {
          expect((error as Error).message).toMatch(/^DER signature/);
        }
      }),
      { numRuns: 10_000 },
    );
  });
});
