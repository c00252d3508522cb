import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { type Cipher, SealBroken } from "../cipher";

/** Envelope encryption whose vault key lives in memory: what one copy seals, only that copy opens. */
export function memoryCipher(): Cipher {
  const vaultKey = randomBytes(32);
  return {
    async seal(plaintext, context) {
      const dataKey = randomBytes(32);
      const aad = canonical(context);
      return Buffer.concat([Buffer.of(1), encrypt(vaultKey, dataKey, aad), encrypt(dataKey, plaintext, aad)]);
    },
    async open(sealed, context) {
      const aad = canonical(context);
      if (sealed[0] !== 1 || sealed.length < 89) throw new SealBroken("not sealed by this cipher");
      return decrypt(decrypt(vaultKey, sealed.subarray(1, 61), aad), sealed.subarray(61), aad);
    },
  };
}

/** nonce (12) ‖ ciphertext ‖ tag (16) */
function encrypt(key: Uint8Array, plaintext: Uint8Array, aad: Buffer): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(aad);
  return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Uint8Array, sealed: Uint8Array, aad: Buffer): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, 12), { authTagLength: 16 });
  decipher.setAAD(aad).setAuthTag(sealed.subarray(-16));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
  } catch (cause) {
    throw new SealBroken("the bytes or their context are not as sealed", { cause });
  }
}

function canonical(context: Record<string, string>): Buffer {
  return Buffer.from(JSON.stringify(Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1))));
}
