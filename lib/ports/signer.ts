import type { KeyObject } from "node:crypto";

/**
 * Signs with a key that never leaves its vault (KMS `ECC_NIST_P256`, `SIGN_VERIFY`).
 * Several keys may be valid at once, so that a key can rotate: `currentKeyId` signs, `publicKey` answers for every key still accepted.
 */
export type Signer = {
  /** The `kid` that new tokens carry: a short stable name, not an ARN. */
  currentKeyId(): Promise<string>;
  /** @returns raw R‖S, 64 bytes (RFC 7518 §3.4), over SHA-256 of `message`. Throws when the vault cannot be reached. */
  sign(message: Uint8Array): Promise<{ keyId: string; signature: Uint8Array }>;
  /** The public half, imported once and cached. Null: we accept no such key. Throws when the vault cannot be reached. */
  publicKey(keyId: string): Promise<KeyObject | null>;
};
