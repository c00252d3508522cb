/** One DER INTEGER as 32 big-endian bytes. @returns the bytes and where the next element begins. */
function readInteger(der: Uint8Array, at: number): { bytes: Uint8Array; next: number } {
  const length = der[at + 1] ?? 0;
  if (der[at] !== 0x02 || length === 0 || length > 33) throw new Error("DER signature: INTEGER expected");
  let value = der.subarray(at + 2, at + 2 + length);
  if (value.length !== length) throw new Error("DER signature: truncated");
  if (value[0] === 0 && value.length > 1) value = value.subarray(1);
  if (value.length > 32) throw new Error("DER signature: INTEGER longer than the curve's order");
  const bytes = new Uint8Array(32);
  bytes.set(value, 32 - value.length);
  return { bytes, next: at + 2 + length };
}

/**
 * An ECDSA P-256 signature from the DER that KMS answers to the raw R‖S (64 bytes) that a JWS wants.
 * @see RFC 3279 §2.2.3 (Ecdsa-Sig-Value), RFC 7518 §3.4.
 */
export function rawSignature(der: Uint8Array): Uint8Array {
  if (der[0] !== 0x30 || der[1] !== der.length - 2)
    throw new Error("DER signature: SEQUENCE of the whole expected");
  const r = readInteger(der, 2);
  const s = readInteger(der, r.next);
  if (s.next !== der.length) throw new Error("DER signature: bytes after the end");
  const raw = new Uint8Array(64);
  raw.set(r.bytes, 0);
  raw.set(s.bytes, 32);
  return raw;
}
