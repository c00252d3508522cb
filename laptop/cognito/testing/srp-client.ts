import { createHash, createHmac, getDiffieHellman, hkdfSync, randomBytes } from "node:crypto";

/**
 * The client's half of SRP, written from RFC 5054 and RFC 5869 and apart from the server's (its own powers and byte
 * strings, the key by Node's HKDF), so that a mistake in the server's arithmetic cannot cancel out.
 */
const prime = getDiffieHellman("modp15").getPrime();
const N = toInt(prime);

function toInt(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
}

/** As Java's BigInteger.toByteArray writes a positive number, which is what the vendor hashes. */
function javaBytes(value: bigint): Buffer {
  const bits = value.toString(2).length;
  return Buffer.from(value.toString(16).padStart((Math.floor(bits / 8) + 1) * 2, "0"), "hex");
}

/** Left to right, a bit at a time, as a schoolbook has it. */
function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % N;
    if (bit === "1") result = (result * base) % N;
  }
  return result;
}

const hash = (...parts: Uint8Array[]) => createHash("sha256").update(Buffer.concat(parts)).digest();

export function srpClient() {
  const a = toInt(randomBytes(64)) % N;
  const A = power(2n, a);
  return {
    A: A.toString(16),
    /** Answers a PASSWORD_VERIFIER challenge. `timestamp` as `Sat Nov 21 09:00:00 UTC 2026`. */
    prove(challenge: Record<string, string>, poolId: string, password: string, timestamp: string) {
      const { SALT = "", SRP_B = "", SECRET_BLOCK = "", USER_ID_FOR_SRP: userId = "" } = challenge;
      const pool = poolId.split("_")[1] ?? "";
      const B = BigInt(`0x${SRP_B}`);
      const k = toInt(hash(javaBytes(N), javaBytes(2n)));
      const u = toInt(hash(javaBytes(A), javaBytes(B)));
      const identity = hash(Buffer.from(`${pool}${userId}:${password}`, "utf8"));
      const x = toInt(hash(javaBytes(BigInt(`0x${SALT}`)), identity));
      const base = (((B - k * power(2n, x)) % N) + N) % N;
      const S = power(base, a + u * x);
      const key = hkdfSync("sha256", javaBytes(S), javaBytes(u), "Caldera Derived Key", 16);
      const signature = createHmac("sha256", Buffer.from(key))
        .update(Buffer.concat([Buffer.from(pool), Buffer.from(userId), Buffer.from(SECRET_BLOCK, "base64")]))
        .update(timestamp)
        .digest("base64");
      return {
        USERNAME: userId,
        PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
        PASSWORD_CLAIM_SIGNATURE: signature,
        TIMESTAMP: timestamp,
      };
    },
  };
}

/** `Sat Nov 21 09:00:00 UTC 2026`. */
export function srpTimestamp(ms: number): string {
  const [weekday, day, month, year, time] = new Date(ms).toUTCString().replace(",", "").split(" ");
  return `${weekday} ${month} ${Number(day)} ${time} UTC ${year}`;
}
