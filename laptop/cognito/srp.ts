import { createHash, createHmac, getDiffieHellman, randomBytes, timingSafeEqual } from "node:crypto";

/**
 * The server's half of SRP-6a as Cognito speaks it: the 3072-bit group of RFC 3526 (15), g = 2, SHA-256, and a
 * 128-bit key by HKDF with the label "Caldera Derived Key". The user name in `x` is the pool's name followed by the user's id.
 */
const group = getDiffieHellman("modp15");
export const N = BigInt(`0x${group.getPrime("hex")}`);
const g = 2n;

const sha256 = (...parts: Uint8Array[]) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const toInt = (bytes: Uint8Array) => BigInt(`0x${Buffer.from(bytes).toString("hex") || "0"}`);

/** Big-endian two's complement of a non-negative number, in the fewest bytes: a set top bit gets a zero byte before it. */
export function signedBytes(value: bigint): Buffer {
  const hex = value.toString(16);
  const even = hex.length % 2 ? `0${hex}` : hex;
  return Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, "hex");
}

export function modPow(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = base % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

const k = toInt(sha256(signedBytes(N), signedBytes(g)));

/** @param salt hex. @returns v in hex: enough to check a proof, not enough to make one. */
export function verifierFor(poolName: string, userId: string, password: string, salt: string): string {
  const identity = sha256(Buffer.from(`${poolName}${userId}:${password}`));
  const x = toInt(sha256(signedBytes(BigInt(`0x${salt}`)), identity));
  return modPow(g, x, N).toString(16);
}

export type SrpExchange = { A: bigint; B: bigint; b: bigint; verifier: bigint };

/** @param clientA hex, from outside. Null when it is no number that a client may send (A mod N = 0 would fix the key). */
export function beginExchange(clientA: string, verifierHex: string): SrpExchange | null {
  if (!/^[0-9a-f]{1,1024}$/i.test(clientA)) return null;
  const A = BigInt(`0x${clientA}`);
  if (A % N === 0n) return null;
  const verifier = BigInt(`0x${verifierHex}`);
  const b = toInt(randomBytes(32));
  return { A, B: (k * verifier + modPow(g, b, N)) % N, b, verifier };
}

/** True when the signature was made with the key that only the password's owner and we can derive. */
export function proofHolds(
  exchange: SrpExchange,
  proof: { poolName: string; userId: string; secretBlock: Uint8Array; timestamp: string; signature: string },
): boolean {
  const u = toInt(sha256(signedBytes(exchange.A), signedBytes(exchange.B)));
  if (u === 0n) return false;
  const S = modPow(exchange.A * modPow(exchange.verifier, u, N), exchange.b, N);
  const pseudoRandomKey = createHmac("sha256", signedBytes(u)).update(signedBytes(S)).digest();
  const key = createHmac("sha256", pseudoRandomKey)
    .update("Caldera Derived Key\x01")
    .digest()
    .subarray(0, 16);
  const expected = createHmac("sha256", key)
    .update(proof.poolName)
    .update(proof.userId)
    .update(proof.secretBlock)
    .update(proof.timestamp)
    .digest();
  const given = Buffer.from(proof.signature, "base64");
  return given.length === expected.length && timingSafeEqual(given, expected);
}
