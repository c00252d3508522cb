import { verify } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Signer } from "../signer";

/** What every Signer keeps, whichever vault stands behind it. */
export function signerContract(open: () => Promise<Signer>): void {
  describe("a signer", () => {
    test("signs so that its own public key says yes, 64 raw bytes", async () => {
      const signer = await open();
      const message = Buffer.from("header.payload");
      const { keyId, signature } = await signer.sign(message);
      expect(signature).toHaveLength(64);
      expect(keyId).toBe(await signer.currentKeyId());
      const key = await signer.publicKey(keyId);
      expect(key).not.toBeNull();
      expect(verify("sha256", message, { key: key!, dsaEncoding: "ieee-p1363" }, signature)).toBe(true);
      expect(
        verify("sha256", Buffer.from("header.other"), { key: key!, dsaEncoding: "ieee-p1363" }, signature),
      ).toBe(false);
    });

    test("imports a key once: the same object answers again", async () => {
      const signer = await open();
      const keyId = await signer.currentKeyId();
      expect(await signer.publicKey(keyId)).toBe(await signer.publicKey(keyId));
    });

    test("knows no stranger's key", async () => {
      expect(await (await open()).publicKey("no-such-key-id")).toBeNull();
    });

    test("the key id is short and fits a JOSE header", async () => {
      expect(await (await open()).currentKeyId()).toMatch(/^[\w-]{4,64}$/);
    });
  });
}
