import type { KeyObject } from "node:crypto";
import { p256 } from "@noble/curves/nist.js";

/** Node signs messages, never digests; KMS is asked to sign digests (MessageType DIGEST). The curve library does both. */
const scalar = (key: KeyObject) => Buffer.from(key.export({ format: "jwk" }).d ?? "", "base64url");

/** @returns the DER signature of a 32-byte digest, as KMS answers it. */
export function ecdsaSign(key: KeyObject, digest: Uint8Array): Buffer {
  return Buffer.from(p256.sign(digest, scalar(key), { prehash: false, lowS: false }).toDERRawBytes());
}

export function ecdsaVerify(key: KeyObject, digest: Uint8Array, der: Uint8Array): boolean {
  const { x = "", y = "" } = key.export({ format: "jwk" });
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, "base64url"), Buffer.from(y, "base64url")]);
  try {
    return p256.verify(p256.Signature.fromDER(der).toCompactRawBytes(), digest, point, {
      prehash: false,
      lowS: false,
    });
  } catch {
    return false; // not DER at all: no signature
  }
}
