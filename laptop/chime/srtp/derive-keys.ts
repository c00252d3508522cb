import { createCipheriv } from "node:crypto";

/** The two SRTP protection profiles browsers speak, by their number in DTLS `use_srtp` (RFC 5764, RFC 7714). */
export const profiles = {
  /** AES_CM_128_HMAC_SHA1_80 */
  counterMode: 0x0001,
  /** AEAD_AES_128_GCM */
  gcm: 0x0007,
} as const;
export type Profile = (typeof profiles)[keyof typeof profiles];

export const masterKeyLength = 16;
export const masterSaltLength = (profile: Profile) => (profile === profiles.gcm ? 12 : 14);

export type SessionKeys = { key: Buffer; salt: Buffer; auth: Buffer };

/** AES-CM key derivation (RFC 3711 §4.3, key derivation rate 0). `first` is 0 for RTP, 3 for RTCP. */
export function deriveKeys(
  masterKey: Buffer,
  masterSalt: Buffer,
  profile: Profile,
  first: 0 | 3,
): SessionKeys {
  const saltLength = masterSaltLength(profile);
  const derive = (label: number, length: number) => {
    const iv = Buffer.alloc(16);
    masterSalt.copy(iv);
    iv[7] = iv[7]! ^ label;
    return createCipheriv("aes-128-ctr", masterKey, iv).update(Buffer.alloc(length));
  };
  return { key: derive(first, 16), auth: derive(first + 1, 20), salt: derive(first + 2, saltLength) };
}
