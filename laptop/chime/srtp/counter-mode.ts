import { createHmac, timingSafeEqual } from "node:crypto";
import type { RtcpCipher, RtpCipher } from "./cipher";
import type { SessionKeys } from "./derive-keys";
import { openKeystream } from "./keystream";

/** AES_CM_128_HMAC_SHA1_80 (RFC 3711): what Chromium prefers, because its tag is the shorter one. */
const tagLength = 10;

function tagOf(auth: Buffer, covered: Buffer, word: number): Buffer {
  const suffix = Buffer.alloc(4);
  suffix.writeUInt32BE(word);
  return createHmac("sha1", auth).update(covered).update(suffix).digest().subarray(0, tagLength);
}

export function counterModeRtp(keys: SessionKeys): RtpCipher {
  const crypt = openKeystream(keys);
  return {
    seal(header, payload, ssrc, rollover, sequence) {
      const end = header.length + payload.length;
      const out = Buffer.allocUnsafe(end + tagLength);
      header.copy(out);
      crypt(payload, { ssrc, high: rollover, low: sequence }, out, header.length);
      tagOf(keys.auth, out.subarray(0, end), rollover).copy(out, end);
      return out;
    },
    open(packet, headerLength, ssrc, rollover, sequence) {
      const cut = packet.length - tagLength;
      if (cut < headerLength) return null;
      const expected = tagOf(keys.auth, packet.subarray(0, cut), rollover);
      if (!timingSafeEqual(expected, packet.subarray(cut))) return null;
      const payload = Buffer.allocUnsafe(cut - headerLength);
      crypt(packet.subarray(headerLength, cut), { ssrc, high: rollover, low: sequence }, payload, 0);
      return payload;
    },
  };
}

export function counterModeRtcp(keys: SessionKeys): RtcpCipher {
  const crypt = openKeystream(keys);
  const counterOf = (ssrc: number, index: number) => ({ ssrc, high: index >>> 16, low: index & 0xffff });
  return {
    seal(packet, ssrc, index) {
      const word = (0x80000000 | index) >>> 0;
      const end = packet.length;
      const out = Buffer.allocUnsafe(end + 4 + tagLength);
      packet.copy(out, 0, 0, 8);
      crypt(packet.subarray(8), counterOf(ssrc, index), out, 8);
      out.writeUInt32BE(word, end);
      tagOf(keys.auth, out.subarray(0, end), word).copy(out, end + 4);
      return out;
    },
    open(packet, ssrc) {
      const cut = packet.length - tagLength;
      const end = cut - 4;
      if (end < 8) return null;
      const word = packet.readUInt32BE(end);
      if (!timingSafeEqual(tagOf(keys.auth, packet.subarray(0, end), word), packet.subarray(cut)))
        return null;
      if (word < 0x80000000) return null;
      const index = word & 0x7fffffff;
      const plain = Buffer.allocUnsafe(end);
      packet.copy(plain, 0, 0, 8);
      crypt(packet.subarray(8, end), counterOf(ssrc, index), plain, 8);
      return { index, packet: plain };
    },
  };
}
