import { randomBytes } from "node:crypto";

/**
 * Crockford's base 32 in lower case: no i, l, o (read as 1, 1, 0) and no u. 5 bits a character: 8 characters are 40 bits.
 * Guessing is slowed by limits at the door, and only keyed hashes are stored (NIST SP 800-63B-4 §3.1.2, look-up secrets under 112 bits).
 */
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
const shape = /^[0-9a-hjkmnp-tv-z]{8,12}$/;

/** @param length characters, 8 to 12. Uniform: 256 is a multiple of 32. */
export function newCode(length: number): string {
  return Array.from(randomBytes(length), (byte) => alphabet[byte & 31]).join("");
}

/**
 * The code that a person meant: any case; o for 0, i and l for 1, for which no other reading exists. Null: no code of ours.
 * Nothing else is forgiven: no spaces, hyphens, or other scripts' lookalikes.
 */
export function readCode(typed: string): string | null {
  if (typed.length > 12) return null;
  // ASCII only: toLowerCase alone would make k of the Kelvin sign.
  const code = typed
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    .replaceAll("o", "0")
    .replace(/[il]/g, "1");
  return shape.test(code) ? code : null;
}
