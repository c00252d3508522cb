import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { VendorError } from "../http/vendor-error";
import type { StoredKey } from "./keys";

/** A ciphertext of ours: version 1 | key id, 16 bytes | nonce, 12 | ciphertext | tag, 16. Opaque to callers, as the vendor's is. */
const version = 1;
const bodyAt = 1 + 16 + 12;

export type EncryptionContext = Record<string, string>;

const associatedData = (context: EncryptionContext) =>
  Buffer.from(JSON.stringify(Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1))));

export function encrypt(key: StoredKey, plaintext: Uint8Array, context: EncryptionContext): Buffer {
  const head = Buffer.concat([
    Buffer.from([version]),
    Buffer.from(key.keyId.replaceAll("-", ""), "hex"),
    randomBytes(12),
  ]);
  const aes = createCipheriv("aes-256-gcm", Buffer.from(key.material, "base64"), head.subarray(17)).setAAD(
    associatedData(context),
  );
  return Buffer.concat([head, aes.update(plaintext), aes.final(), aes.getAuthTag()]);
}

const invalid = () => new VendorError("InvalidCiphertextException", "");

/** The id of the key that made it; throws `InvalidCiphertextException` for bytes that are none of ours. */
export function keyIdOf(ciphertext: Buffer): string {
  if (ciphertext.length < bodyAt + 16 || ciphertext[0] !== version) throw invalid();
  return ciphertext.toString("hex", 1, 17).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export function decrypt(key: StoredKey, ciphertext: Buffer, context: EncryptionContext): Buffer {
  try {
    const aes = createDecipheriv(
      "aes-256-gcm",
      Buffer.from(key.material, "base64"),
      ciphertext.subarray(17, bodyAt),
      { authTagLength: 16 },
    )
      .setAAD(associatedData(context))
      .setAuthTag(ciphertext.subarray(-16));
    return Buffer.concat([aes.update(ciphertext.subarray(bodyAt, -16)), aes.final()]);
  } catch {
    throw invalid(); // the vendor says no more than this, and neither do we
  }
}
