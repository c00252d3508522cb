/** True for the packet a decoder can start with: the first of a VP8 key frame (RFC 7741 §4.2, §4.3). */
export function startsKeyframe(payload: Buffer): boolean {
  if (payload.length < 1) return false;
  const first = payload[0]!;
  if (!(first & 0x10) || (first & 0x07) !== 0) return false; // not the start of partition 0
  let at = 1;
  if (first & 0x80) {
    const flags = payload[at++];
    if (flags === undefined) return false;
    if (flags & 0x80) at += (payload[at] ?? 0) & 0x80 ? 2 : 1; // PictureID
    if (flags & 0x40) at += 1; // TL0PICIDX
    if (flags & 0x30) at += 1; // TID, KEYIDX
  }
  const frame = payload[at];
  return frame !== undefined && (frame & 0x01) === 0;
}
