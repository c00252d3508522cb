import { verify, X509Certificate } from "node:crypto";

const hashes: Record<number, string> = { 4: "sha256", 5: "sha384", 6: "sha512" };
const namedCurve = 3;

/**
 * Whether whoever sent this ServerKeyExchange (RFC 8422 §5.4) holds the private key of the certificate: the signature covers both
 * randoms and the key of this very handshake. werift reads the message and does not check it; without this, a fingerprint proves nothing.
 * Never throws.
 */
export function ownsCertificate(
  certificate: Buffer,
  {
    clientRandom,
    serverRandom,
    keyExchange,
  }: { clientRandom: Buffer; serverRandom: Buffer; keyExchange: Buffer },
): boolean {
  if (keyExchange.length < 4 || keyExchange[0] !== namedCurve) return false;
  const signedEnd = 4 + keyExchange[3]!;
  if (keyExchange.length < signedEnd + 4) return false;
  const hash = hashes[keyExchange[signedEnd]!];
  const signature = keyExchange.subarray(signedEnd + 4);
  if (!hash || signature.length !== keyExchange.readUInt16BE(signedEnd + 2)) return false;
  try {
    const signed = Buffer.concat([clientRandom, serverRandom, keyExchange.subarray(0, signedEnd)]);
    return verify(hash, signed, new X509Certificate(certificate).publicKey, signature);
  } catch {
    return false; // a certificate that is none, or a key of another kind than the signature
  }
}
