import fc from "fast-check";
import { expect, test } from "vitest";
import { VendorError } from "../http/vendor-error";
import { decrypt, encrypt, keyIdOf } from "./envelope";
import { startKms } from "./index";
import { findKey, newKey } from "./keys";
import { operations } from "./operations";

const now = Date.parse("2026-11-21T09:00:00Z");
const key = newKey("SYMMETRIC_DEFAULT", "", now);
const store = { keys: [key], aliases: [{ name: "alias/a", keyId: key.keyId, createdAt: now }] };

test("nothing but a key's own names finds it, whatever is asked", () => {
  fc.assert(
    fc.property(fc.anything(), (named) => {
      expect(() => findKey({ store, now: () => now }, named)).toThrow(VendorError);
    }),
    { numRuns: 10_000 },
  );
});

test.each(["arn:aws:kms:us-east-1:000000000000:key/", "arn:aws:kms:us-east-1:0:alias/a", "arn:aws:s3:::a"])(
  "%s is no key's ARN",
  (arn) => {
    expect(() => findKey({ store, now: () => now }, arn)).toThrow(VendorError);
  },
);

test("a key whose waiting time is over is gone", () => {
  const due = { ...newKey("SYMMETRIC_DEFAULT", "", now), deletionAt: now + 1 };
  const kms = { store: { keys: [due], aliases: [] }, now: () => now + 1 };
  expect(() => findKey(kms, due.keyId)).toThrow(/does not exist/);
});

test("no bytes but those that it sealed open", () => {
  const sealed = encrypt(key, Buffer.from("notes"), { visit: "v1" });
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 0, maxLength: 90 }), fc.nat(sealed.length - 1), (bytes, at) => {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 0x40;
      for (const candidate of [Buffer.from(bytes), changed, sealed.subarray(0, at)])
        expect(() => {
          // Decrypt looks for the key of this id: with another there is none.
          if (keyIdOf(candidate) !== key.keyId) throw new VendorError("InvalidCiphertextException", "");
          decrypt(key, candidate, { visit: "v1" });
        }).toThrow(VendorError);
    }),
    { numRuns: 10_000 },
  );
});

test("a context cannot be written so that it passes for another", () => {
  const sealed = encrypt(key, Buffer.from("notes"), { a: "1", b: "2" });
  expect(decrypt(key, sealed, { b: "2", a: "1" }).toString()).toBe("notes");
  for (const context of [{ a: "1" }, { a: '1","b":"2' }, { a1: "b2" }] as Array<Record<string, string>>)
    expect(() => decrypt(key, sealed, context)).toThrow(VendorError);
});

test("any JSON is an operation's input or a refusal, never a crash", () => {
  const kms = startKms({ load: undefined, save: () => {}, region: "us-east-1", now: () => now });
  const names = ["KeyId", "Message", "CiphertextBlob", "EncryptionContext", "KeySpec", "NumberOfBytes"];
  const input = fc.dictionary(fc.constantFrom(...names, "AliasName", "TargetKeyId"), fc.jsonValue());
  fc.assert(
    fc.property(fc.constantFrom(...operations.keys()), input, (name, given) => {
      if (name === "CreateKey") return; // each call would make one
      try {
        kms.handle(name, given);
      } catch (cause) {
        expect(cause).toBeInstanceOf(VendorError);
      }
    }),
    { numRuns: 10_000 },
  );
});
