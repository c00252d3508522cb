import { createCipheriv, createDecipheriv } from "node:crypto";
import type { RtcpCipher, RtpCipher } from "./cipher";
import type { SessionKeys } from "./derive-keys";

/** AEAD_AES_128_GCM (RFC 7714). The nonce is the packet's own index, so an index is never sealed twice with other bytes. */
const tagLength = 16;

function nonce(salt: Buffer, ssrc: number, high: number, low: number, lowBytes: 2 | 4): Buffer {
  const iv = Buffer.alloc(12);
  iv.writeUInt32BE(ssrc, 2);
  if (lowBytes === 2) {
    iv.writeUInt32BE(high, 6);
    iv.writeUInt16BE(low, 10);
  } else iv.writeUInt32BE(low, 8);
  for (let i = 0; i < 12; i++) iv[i] = iv[i]! ^ salt[i]!;
  return iv;
}

function open(key: Buffer, iv: Buffer, aad: Buffer, sealed: Buffer): Buffer | null {
  const cut = sealed.length - tagLength;
  const decipher = createDecipheriv("aes-128-gcm", key, iv, { authTagLength: tagLength });
  decipher.setAAD(aad);
  decipher.setAuthTag(sealed.subarray(cut));
  const plain = decipher.update(sealed.subarray(0, cut));
  try {
    decipher.final();
  } catch {
    return null; // forged, damaged or under another key: the packet does not exist
  }
  return plain;
}

export function gcmRtp({ key, salt }: SessionKeys): RtpCipher {
  return {
    seal(header, payload, ssrc, rollover, sequence) {
      const out = Buffer.allocUnsafe(header.length + payload.length + tagLength);
      const cipher = createCipheriv("aes-128-gcm", key, nonce(salt, ssrc, rollover, sequence, 2));
      cipher.setAAD(header);
      header.copy(out);
      cipher.update(payload).copy(out, header.length);
      cipher.final();
      cipher.getAuthTag().copy(out, header.length + payload.length);
      return out;
    },
    open(packet, headerLength, ssrc, rollover, sequence) {
      if (packet.length < headerLength + tagLength) return null;
      const iv = nonce(salt, ssrc, rollover, sequence, 2);
      return open(key, iv, packet.subarray(0, headerLength), packet.subarray(headerLength));
    },
  };
}

export function gcmRtcp({ key, salt }: SessionKeys): RtcpCipher {
  const additional = (header: Buffer, word: number) => {
    const aad = Buffer.alloc(12);
    header.copy(aad, 0, 0, 8);
    aad.writeUInt32BE(word, 8);
    return aad;
  };
  return {
    seal(packet, ssrc, index) {
      const word = (0x80000000 | index) >>> 0;
      const cipher = createCipheriv("aes-128-gcm", key, nonce(salt, ssrc, 0, index, 4));
      cipher.setAAD(additional(packet, word));
      const sealed = cipher.update(packet.subarray(8));
      cipher.final();
      const trailer = Buffer.alloc(4);
      trailer.writeUInt32BE(word);
      return Buffer.concat([packet.subarray(0, 8), sealed, cipher.getAuthTag(), trailer]);
    },
    open(packet, ssrc) {
      const end = packet.length - 4;
      if (end < 8 + tagLength) return null;
      const word = packet.readUInt32BE(end);
      if (word < 0x80000000) return null; // sent in the clear: never agreed to
      const index = word & 0x7fffffff;
      const iv = nonce(salt, ssrc, 0, index, 4);
      const plain = open(key, iv, additional(packet, word), packet.subarray(8, end));
      return plain && { index, packet: Buffer.concat([packet.subarray(0, 8), plain]) };
    },
  };
}
