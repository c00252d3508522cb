/**
 * Envelope encryption: a fresh data key for each `seal`, wrapped by the vault (KMS `GenerateDataKey`).
 * `context` is bound as additional data at both layers: what was sealed for one row cannot be opened for another.
 */
export type Cipher = {
  /** @returns self-contained bytes: version, wrapped key, nonce, AES-256-GCM ciphertext and tag. */
  seal(plaintext: Uint8Array, context: Record<string, string>): Promise<Uint8Array>;
  /** Throws `SealBroken` when the bytes or the context are not those of `seal`; other errors are the vault's. */
  open(sealed: Uint8Array, context: Record<string, string>): Promise<Uint8Array>;
};

export class SealBroken extends Error {
  override name = "SealBroken";
}
