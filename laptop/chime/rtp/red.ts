/** Redundant audio (RFC 2198): a packet that brings earlier frames along, so that a lost one is not missed. */
const blockHeaderLength = 4;
const lastHeaderLength = 1;
/** What 14 and 10 bits can say. Samples, bytes. */
const offsetMax = 0x3fff;
const lengthMax = 0x3ff;
/** Chromium stops for good at audio payloads of more than 1,000 bytes that pass through a page's own transform (crbug.com/1248479). */
const payloadMax = 1000;
/** An honest sender repeats one or two frames. */
const blocksMax = 4;

export type RedBlock = {
  /** How much older than the packet's own frame. Samples. */
  offset: number;
  payload: Buffer;
};

/** The frames in a payload, oldest first; the last, with offset 0, is the packet's own. @returns null for what is no RED of this codec. */
export function readRed(payload: Buffer, payloadType: number): RedBlock[] | null {
  const blocks: Array<{ offset: number; length: number }> = [];
  let at = 0;
  for (; ; at += blockHeaderLength) {
    const head = payload[at];
    if (head === undefined || (head & 0x7f) !== payloadType) return null;
    if (!(head & 0x80)) break;
    if (blocks.length === blocksMax || at + blockHeaderLength > payload.length) return null;
    const word = payload.readUInt32BE(at);
    blocks.push({ offset: (word >>> 10) & offsetMax, length: word & lengthMax });
  }
  at += lastHeaderLength;
  const found: RedBlock[] = [];
  for (const { offset, length } of blocks) {
    if (at + length > payload.length) return null;
    if (length > 0) found.push({ offset, payload: payload.subarray(at, at + length) });
    at += length;
  }
  found.push({ offset: 0, payload: payload.subarray(at) });
  return found;
}

/** @param earlier oldest first; those that do not fit are left out, the oldest first. */
export function writeRed(payload: Buffer, payloadType: number, earlier: readonly RedBlock[]): Buffer {
  let length = lastHeaderLength + payload.length;
  const kept: RedBlock[] = [];
  for (const block of earlier.toReversed()) {
    length += blockHeaderLength + block.payload.length;
    if (block.offset <= 0 || block.offset > offsetMax || block.payload.length > lengthMax) break;
    if (length > payloadMax) break;
    kept.unshift(block);
  }
  const headers = Buffer.alloc(blockHeaderLength * kept.length + lastHeaderLength);
  kept.forEach((block, i) => {
    const word = ((0x80 | payloadType) << 24) | (block.offset << 10) | block.payload.length;
    headers.writeUInt32BE(word >>> 0, blockHeaderLength * i);
  });
  headers[headers.length - 1] = payloadType;
  return Buffer.concat([headers, ...kept.map((block) => block.payload), payload]);
}
