/** What a derived key is for. Each purpose has keys of its own, so nothing made for one opens or matches under another. */
export type Purpose =
  | "voucher-code"
  | "voucher-nonce"
  | "voucher-token"
  | "device-check-code"
  | "typed-form"
  | "holder"
  | "visit-session"
  | "room-code"
  | "room-nonce"
  | "room-session"
  | "host-nonce"
  | "host-session"
  | "seat-credentials"
  | "support-call"
  | "waiting-words"
  | "outbox-payload"
  | "session-token"
  | "session-tokens"
  | "sign-in-challenge"
  | "api-login"
  | "api-key"
  | "staff-invitation"
  | "record-invitation"
  | "record-code"
  | "recovery-code"
  | "phone-number"
  | "account-number"
  | "desk-name"
  | "next-auth"
  | "rate-limit";

/**
 * Our local cryptography: data keys that lie sealed in Postgres and are opened through the vault once per process.
 * For short-lived things and hashes; what is kept for years (complaints, notes) goes through `Cipher` itself.
 */
export type Keyring = {
  /** The key that new hashes and seals use (keyring.id). */
  readonly currentKeyId: string;
  /** Keyed hash for storing: HMAC-SHA-256, 32 bytes, under the current key. Equal values give equal hashes. */
  hash(purpose: Purpose, value: string): Buffer;
  /** For looking up: the hash under every accepted key, the current one first. */
  hashes(purpose: Purpose, value: string): Buffer[];
  /** True if `hash` is `value`'s under any accepted key. Constant time. */
  matches(purpose: Purpose, value: string, hash: Uint8Array): boolean;
  /**
   * AES-256-GCM under a key made for these bytes alone. `aad` binds them to their row: give the row's id.
   * `secret`, if given, is part of the key: without it the keyring alone cannot open them.
   */
  seal(purpose: Purpose, plaintext: Uint8Array | string, aad: string, secret?: string): Buffer;
  /** Throws `SealBroken` when purpose, aad, secret or a single bit differ, or the key is retired. */
  unseal(purpose: Purpose, sealed: Uint8Array, aad: string, secret?: string): Buffer;
  /** 32 bytes that every process of this installation shares. */
  secret(purpose: Purpose): Buffer;
};
