/** What a packet carries of a frame. `starts`: the frame begins with it. */
type Vp8Part = { starts: boolean; data: Buffer };

/** The part behind the payload descriptor (RFC 7741 §4.2), or null for bytes too short for what they claim. */
export function readVp8(payload: Buffer): Vp8Part | null {
  if (payload.length < 1) return null;
  const first = payload[0]!;
  let at = 1;
  if (first & 0x80) {
    const flags = payload[at++];
    if (flags === undefined) return null;
    if (flags & 0x80) at += (payload[at] ?? 0) & 0x80 ? 2 : 1; // PictureID
    if (flags & 0x40) at += 1; // TL0PICIDX
    if (flags & 0x30) at += 1; // TID, KEYIDX
  }
  if (at >= payload.length) return null;
  return { starts: (first & 0x17) === 0x10, data: payload.subarray(at) }; // partition 0, and its beginning
}

/** Of a frame's first bytes (RFC 6386 §9.1). */
export const isKeyframe = (data: Buffer) => data.length > 0 && (data[0]! & 0x01) === 0;

/** True for the packet a decoder can start with: the first of a VP8 key frame. */
export function startsKeyframe(payload: Buffer): boolean {
  const part = readVp8(payload);
  return part?.starts === true && isKeyframe(part.data);
}

/** In pixels, as a key frame says it (RFC 6386 §9.1); null for what is none. */
export function sizeOf(frame: Buffer): { width: number; height: number } | null {
  if (frame.length < 10 || !isKeyframe(frame) || frame.readUIntBE(3, 3) !== 0x9d012a) return null;
  return { width: frame.readUInt16LE(6) & 0x3fff, height: frame.readUInt16LE(8) & 0x3fff };
}
