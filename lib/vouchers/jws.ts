import { type KeyObject, verify } from "node:crypto";
import type { Signer } from "@/lib/ports/signer";
import { decodeCanonical } from "./base64url";

/** Longer than any token of ours, shorter than anything that costs to parse. Characters. */
const longest = 2048;
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** A compact JWS whose form is exactly ours; nothing in it is believed yet. */
export type UnverifiedJws = {
  header: { alg: "ES256"; typ: string; kid: string };
  payload: Record<string, unknown>;
  signingInput: Buffer;
  /** R‖S, 64 bytes. */
  signature: Buffer;
};

/**
 * Reads attacker-controlled text. Null unless it is three canonical base64url segments, a header of `alg`, `typ`, `kid` and nothing else
 * (so no `jku`, `jwk`, `x5u`, `crit`), an object as payload, and 64 bytes of signature. JSON with white space or doubled members is refused too.
 */
export function parseJws(text: string): UnverifiedJws | null {
  if (text.length > longest) return null;
  const segments = text.split(".");
  if (segments.length !== 3) return null;
  const [head, body, tail] = segments.map(decodeCanonical);
  if (!head || !body || !tail || tail.length !== 64) return null;
  const header = parseObject(head);
  const payload = parseObject(body);
  if (!header || !payload) return null;
  const { alg, typ, kid, ...others } = header;
  if (alg !== "ES256" || typeof typ !== "string" || typeof kid !== "string" || Object.keys(others).length > 0)
    return null;
  if (!/^[\w-]{1,64}$/.test(kid)) return null;
  const signingInput = Buffer.from(text.slice(0, text.lastIndexOf(".")), "ascii");
  return { header: { alg, typ, kid }, payload, signingInput, signature: tail };
}

function parseObject(bytes: Buffer): Record<string, unknown> | null {
  try {
    const text = utf8.decode(bytes);
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
    return JSON.stringify(value) === text ? (value as Record<string, unknown>) : null;
  } catch {
    return null; // not UTF-8, or not JSON
  }
}

/** ES256 (RFC 7518 §3.4): ECDSA on P-256 with SHA-256, the signature raw. One key, one algorithm, no choice left to the token. */
export function verifyEs256(key: KeyObject, message: Uint8Array, signature: Uint8Array): boolean {
  if (key.asymmetricKeyDetails?.namedCurve !== "prime256v1" || signature.length !== 64) return false;
  return verify("sha256", message, { key, dsaEncoding: "ieee-p1363" }, signature);
}

/** Signs a header and payload into a compact JWS. Throws what `Signer` throws. */
export async function signJws(
  signer: Signer,
  typ: string,
  payload: Record<string, unknown>,
): Promise<string> {
  // The key may rotate between the two calls; then the header names the wrong one and we ask again.
  for (let attempt = 0; attempt < 3; attempt++) {
    const kid = await signer.currentKeyId();
    const input = [{ alg: "ES256", typ, kid }, payload]
      .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
      .join(".");
    const { keyId, signature } = await signer.sign(Buffer.from(input, "ascii"));
    if (keyId === kid) return `${input}.${Buffer.from(signature).toString("base64url")}`;
  }
  throw new Error("the signing key kept changing while a token was being signed");
}
