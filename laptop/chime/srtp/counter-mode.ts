import { createCipheriv, createHmac, timingSafeEqual } from "node:crypto";
import type { SessionKeys } from "./derive-keys";
import type { RtcpCipher, RtpCipher } from "./srtp";

/** AES_CM_128_HMAC_SHA1_80 (RFC 3711): for clients without GCM. */
const tagLength = 10;

function counter(salt: Buffer, ssrc: number, high: number, low: number): Buffer {
  const iv = Buffer.alloc(16);
  salt.copy(iv);
  iv.writeUInt32BE((iv.readUInt32BE(4) ^ ssrc) >>> 0, 4);
  iv.writeUInt32BE((iv.readUInt32BE(8) ^ high) >>> 0, 8);
  iv.writeUInt16BE(iv.readUInt16BE(12) ^ low, 12);
  return iv;
}

const crypt = (key: Buffer, iv: Buffer, bytes: Buffer) =>
  createCipheriv("aes-128-ctr", key, iv).update(bytes);

function tagOf(auth: Buffer, covered: Buffer, word: number): Buffer {
  const suffix = Buffer.alloc(4);
  suffix.writeUInt32BE(word);
  return createHmac("sha1", auth).update(covered).update(suffix).digest().subarray(0, tagLength);
}

export function counterModeRtp({ key, salt, auth }: SessionKeys): RtpCipher {
  return {
    overhead: tagLength,
    seal(header, payload, ssrc, rollover, sequence) {
      const body = crypt(key, counter(salt, ssrc, rollover, sequence), payload);
      const covered = Buffer.concat([header, body]);
      return Buffer.concat([covered, tagOf(auth, covered, rollover)]);
    },
    open(packet, headerLength, ssrc, rollover, sequence) {
      const cut = packet.length - tagLength;
      if (cut < headerLength) return null;
      const expected = tagOf(auth, packet.subarray(0, cut), rollover);
      if (!timingSafeEqual(expected, packet.subarray(cut))) return null;
      return crypt(key, counter(salt, ssrc, rollover, sequence), packet.subarray(headerLength, cut));
    },
  };
}

export function counterModeRtcp({ key, salt, auth }: SessionKeys): RtcpCipher {
  const ivOf = (ssrc: number, index: number) => counter(salt, ssrc, index >>> 16, index & 0xffff);
  return {
    seal(packet, ssrc, index) {
      const word = (0x80000000 | index) >>> 0;
      const body = crypt(key, ivOf(ssrc, index), packet.subarray(8));
      const trailer = Buffer.alloc(4);
      trailer.writeUInt32BE(word);
      const covered = Buffer.concat([packet.subarray(0, 8), body]);
      return Buffer.concat([covered, trailer, tagOf(auth, covered, word)]);
    },
    open(packet, ssrc) {
      const cut = packet.length - tagLength;
      const end = cut - 4;
      if (end < 8) return null;
      const word = packet.readUInt32BE(end);
      if (!timingSafeEqual(tagOf(auth, packet.subarray(0, end), word), packet.subarray(cut))) return null;
      if (word < 0x80000000) return null;
      const index = word & 0x7fffffff;
      const plain = crypt(key, ivOf(ssrc, index), packet.subarray(8, end));
      return { index, packet: Buffer.concat([packet.subarray(0, 8), plain]) };
    },
  };
}
