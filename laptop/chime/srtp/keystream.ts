import { createCipheriv } from "node:crypto";
import type { SessionKeys } from "./derive-keys";

const blockLength = 16;
const wordsPerBlock = blockLength / 4;
/** More than any datagram holds. Blocks. */
const blocksMax = 4096;
/** Shared by all keys: nothing in it outlives one call. Native word order; bytes are what counts. */
const counters = new Uint32Array(blocksMax * wordsPerBlock);
const counterBytes = Buffer.from(counters.buffer);
const mixed = new Uint32Array(blocksMax * wordsPerBlock);
const mixedBytes = Buffer.from(mixed.buffer);

/** Encrypts and decrypts: writes `from`, crypted, to `to` at `at`. `from` may lie in `to`. */
export type Crypt = (
  from: Buffer,
  packet: { ssrc: number; high: number; low: number },
  to: Buffer,
  at: number,
) => void;

/**
 * AES in counter mode for SRTP (RFC 3711 §4.1.1). Setting up a cipher costs more than using it on a packet: here one is set up for each
 * key, and encrypts all counters of a packet in one call.
 */
export function openKeystream({ key, salt }: SessionKeys): Crypt {
  const aes = createCipheriv("aes-128-ecb", key, null).setAutoPadding(false);
  const first = Buffer.alloc(blockLength);
  const firstWords = new Uint32Array(first.buffer, first.byteOffset, wordsPerBlock);
  return (from, { ssrc, high, low }, to, at) => {
    const blocks = Math.ceil(from.length / blockLength);
    salt.copy(first);
    first.writeUInt32BE((first.readUInt32BE(4) ^ ssrc) >>> 0, 4);
    first.writeUInt32BE((first.readUInt32BE(8) ^ high) >>> 0, 8);
    first.writeUInt16BE(first.readUInt16BE(12) ^ low, 12);
    const [a = 0, b = 0, c = 0, d = 0] = firstWords;
    for (let block = 0, word = 0; block < blocks; block++) {
      counters[word++] = a;
      counters[word++] = b;
      counters[word++] = c;
      counters[word++] = d;
      counterBytes[word * 4 - 2] = block >> 8;
      counterBytes[word * 4 - 1] = block;
    }
    const stream = aes.update(counterBytes.subarray(0, blocks * blockLength));
    const words = new Uint32Array(stream.buffer, stream.byteOffset, blocks * wordsPerBlock);
    from.copy(mixedBytes);
    for (let i = 0; i < words.length; i++) mixed[i] = mixed[i]! ^ words[i]!;
    mixedBytes.copy(to, at, 0, from.length);
  };
}
