import { describe, expect, test } from "vitest";
import { type Cipher, SealBroken } from "../cipher";

/** What every Cipher keeps. */
export function cipherContract(open: () => Promise<Cipher>): void {
  const context = { table: "video_visits", column: "chief_complaint", visitId: "7c1" };
  const secret = Buffer.from("Headache for 3 days. Señora Ñ. 头疼");

  describe("a cipher", () => {
    test("gives back what was sealed, and shows nothing of it", async () => {
      const cipher = await open();
      const sealed = await cipher.seal(secret, context);
      expect(Buffer.from(sealed).includes("Headache")).toBe(false);
      expect(Buffer.from(await cipher.open(sealed, context))).toEqual(secret);
    });

    test("seals nothing at all, too", async () => {
      const cipher = await open();
      expect(await cipher.open(await cipher.seal(new Uint8Array(), context), context)).toHaveLength(0);
    });

    test("never seals alike twice", async () => {
      const cipher = await open();
      expect(await cipher.seal(secret, context)).not.toEqual(await cipher.seal(secret, context));
    });

    test("the order in which a context is written does not matter", async () => {
      const cipher = await open();
      const sealed = await cipher.seal(secret, { a: "1", b: "2" });
      expect(Buffer.from(await cipher.open(sealed, { b: "2", a: "1" }))).toEqual(secret);
    });

    test("what was sealed for one row opens for no other", async () => {
      const cipher = await open();
      const sealed = await cipher.seal(secret, context);
      await expect(cipher.open(sealed, { ...context, visitId: "7c2" })).rejects.toThrow(SealBroken);
      await expect(cipher.open(sealed, {})).rejects.toThrow(SealBroken);
    });

    test("one changed bit anywhere is noticed", async () => {
      const cipher = await open();
      const sealed = Buffer.from(await cipher.seal(secret, context));
      for (const at of [0, 1, 5, sealed.length >> 1, sealed.length - 1]) {
        const changed = Buffer.from(sealed);
        changed[at] = changed[at]! ^ 1;
        await expect(cipher.open(changed, context), `byte ${at}`).rejects.toThrow(SealBroken);
      }
      await expect(cipher.open(sealed.subarray(0, 20), context)).rejects.toThrow(SealBroken);
      await expect(cipher.open(new Uint8Array(), context)).rejects.toThrow(SealBroken);
    });
  });
}
