import { createHmac, timingSafeEqual } from "node:crypto";
import { crc32 } from "./crc32";

/** RFC 8489 (STUN) as ICE-lite needs it (RFC 8445): read a Binding request, check it, answer it. */
const magicCookie = 0x2112a442;
const headerLength = 20;
/** A connectivity check is about 100 bytes; anything longer is not one. Bytes. */
const messageMaxLength = 1024;
const fingerprintXor = 0x5354554e;

const attribute = {
  username: 0x0006,
  messageIntegrity: 0x0008,
  xorMappedAddress: 0x0020,
  useCandidate: 0x0025,
  fingerprint: 0x8028,
} as const;

export const bindingRequest = 0x0001;
const bindingSuccess = 0x0101;

export type StunMessage = {
  type: number;
  transactionId: Buffer;
  /** `<our ufrag>:<their ufrag>`; trusted only once `hasIntegrity` said yes. */
  username: string;
  useCandidate: boolean;
  /** Where MESSAGE-INTEGRITY begins, or -1. Bytes from the start of the message. */
  integrityAt: number;
};

/** @returns null for anything that is not a whole, well-formed STUN message. Never throws. */
export function readStun(bytes: Buffer): StunMessage | null {
  if (bytes.length < headerLength || bytes.length > messageMaxLength) return null;
  if (bytes.readUInt32BE(4) !== magicCookie || (bytes[0]! & 0xc0) !== 0) return null;
  if (bytes.readUInt16BE(2) !== bytes.length - headerLength) return null;
  const message: StunMessage = {
    type: bytes.readUInt16BE(0),
    transactionId: bytes.subarray(8, headerLength),
    username: "",
    useCandidate: false,
    integrityAt: -1,
  };
  for (let at = headerLength; at < bytes.length; ) {
    if (at + 4 > bytes.length) return null;
    const type = bytes.readUInt16BE(at);
    const length = bytes.readUInt16BE(at + 2);
    const end = at + 4 + length;
    if (end > bytes.length) return null;
    // What follows MESSAGE-INTEGRITY is not covered by it: only FINGERPRINT may, and it must be right.
    if (message.integrityAt >= 0 && type !== attribute.fingerprint) return null;
    if (type === attribute.username) message.username = bytes.toString("utf8", at + 4, end);
    else if (type === attribute.useCandidate) message.useCandidate = true;
    else if (type === attribute.messageIntegrity) {
      if (length !== 20) return null;
      message.integrityAt = at;
    } else if (type === attribute.fingerprint) {
      if (length !== 4 || end !== bytes.length) return null;
      if (bytes.readUInt32BE(at + 4) !== (crc32(bytes.subarray(0, at)) ^ fingerprintXor) >>> 0) return null;
    }
    at = end + ((4 - (length % 4)) % 4);
  }
  return message;
}

/** Short-term credentials (RFC 8489 §9.1): true when whoever wrote `bytes` knows `password`. Constant time. */
export function hasIntegrity(bytes: Buffer, { integrityAt }: StunMessage, password: string): boolean {
  if (integrityAt < 0) return false;
  const covered = Buffer.from(bytes.subarray(0, integrityAt));
  covered.writeUInt16BE(integrityAt - headerLength + 24, 2); // the length counts up to the attribute's own end
  const mac = createHmac("sha1", password).update(covered).digest();
  return timingSafeEqual(mac, bytes.subarray(integrityAt + 4, integrityAt + 24));
}

/** A Binding success: XOR-MAPPED-ADDRESS (IPv4), MESSAGE-INTEGRITY, FINGERPRINT; 64 bytes. */
export function writeBindingSuccess(
  transactionId: Buffer,
  seen: { address: string; port: number },
  password: string,
): Buffer {
  const out = Buffer.alloc(headerLength + 12 + 24 + 8);
  out.writeUInt16BE(bindingSuccess, 0);
  out.writeUInt32BE(magicCookie, 4);
  transactionId.copy(out, 8);

  let at = headerLength;
  out.writeUInt16BE(attribute.xorMappedAddress, at);
  out.writeUInt16BE(8, at + 2);
  out[at + 5] = 0x01; // IPv4
  out.writeUInt16BE(seen.port ^ (magicCookie >>> 16), at + 6);
  out.writeUInt32BE((ipv4(seen.address) ^ magicCookie) >>> 0, at + 8);
  at += 12;

  out.writeUInt16BE(at - headerLength + 24, 2);
  const mac = createHmac("sha1", password).update(out.subarray(0, at)).digest();
  out.writeUInt16BE(attribute.messageIntegrity, at);
  out.writeUInt16BE(20, at + 2);
  mac.copy(out, at + 4);
  at += 24;

  out.writeUInt16BE(at - headerLength + 8, 2);
  out.writeUInt16BE(attribute.fingerprint, at);
  out.writeUInt16BE(4, at + 2);
  out.writeUInt32BE((crc32(out.subarray(0, at)) ^ fingerprintXor) >>> 0, at + 4);
  return out;
}

function ipv4(address: string): number {
  return address.split(".").reduce((sum, part) => ((sum << 8) | Number(part)) >>> 0, 0);
}
