import { inflateSync } from "node:zlib";

/** Bytes, and pixels to a side. */
export const pngLimits = { bytes: 100 * 1024, width: 1024, height: 512 } as const;
export type Png = { bytes: Buffer; width: number; height: number };
export type PngFlaw = "NOT_PNG" | "TOO_LARGE" | "TOO_WIDE";

const signature = Buffer.from("89504e470d0a1a0a", "hex");
/** What makes the picture. Comments, places, profiles, animations and whatever hides in a private chunk do not come along. */
const kept = new Set(["IHDR", "PLTE", "tRNS", "gAMA", "sRGB", "IDAT", "IEND"]);

/**
 * A picture that a stranger made, as one that we may show: read chunk by chunk (PNG, third edition, §5.3), each with its sum, its pixels unpacked
 * once, and written anew from nothing but what makes the picture.
 */
export function cleanPng(given: Buffer): { ok: true; value: Png } | { ok: false; error: PngFlaw } {
  if (given.length > pngLimits.bytes) return { ok: false, error: "TOO_LARGE" };
  const chunks = readChunks(given);
  const head = chunks?.[0];
  if (!chunks || head?.type !== "IHDR" || head.data.length !== 13) return { ok: false, error: "NOT_PNG" };
  const [width, height] = [head.data.readUInt32BE(0), head.data.readUInt32BE(4)];
  if (width > pngLimits.width || height > pngLimits.height) return { ok: false, error: "TOO_WIDE" };
  if (width < 1 || height < 1 || !unpacks(chunks, width * height)) return { ok: false, error: "NOT_PNG" };
  const bytes = Buffer.concat([
    signature,
    ...chunks.filter(({ type }) => kept.has(type)).map(({ whole }) => whole),
  ]);
  return { ok: true, value: { bytes, width, height } };
}

type Chunk = { type: string; data: Buffer; whole: Buffer };

/** Null: no PNG, or a broken one. What stands behind its end is not read. */
function readChunks(given: Buffer): Chunk[] | null {
  if (!given.subarray(0, 8).equals(signature)) return null;
  const chunks: Chunk[] = [];
  for (let at = 8; at + 12 <= given.length; ) {
    const length = given.readUInt32BE(at);
    const end = at + 12 + length;
    if (end > given.length) return null;
    const typed = given.subarray(at + 4, end - 4);
    if (given.readUInt32BE(end - 4) !== crc32(typed)) return null;
    const type = typed.toString("latin1", 0, 4);
    chunks.push({ type, data: typed.subarray(4), whole: given.subarray(at, end) });
    if (type === "IEND") return chunks;
    at = end;
  }
  return null;
}

function unpacks(chunks: Chunk[], pixels: number): boolean {
  const packed = Buffer.concat(chunks.filter(({ type }) => type === "IDAT").map(({ data }) => data));
  try {
    // Eight bytes a pixel at most, and a byte more for each line; interlaced, there are seven times the lines.
    return inflateSync(packed, { maxOutputLength: pixels * 8 + pngLimits.height * 16 }).length > 0;
  } catch {
    return false; // no zlib stream, or one that would not end
  }
}

const table = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});
/** The sum of a chunk (PNG, §5.5). node:zlib has one since 20.15 only. */
export function crc32(bytes: Buffer): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = table[(value ^ byte) & 0xff]! ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}
