/** RTP (RFC 3550 §5.1) read from the bytes and written to bytes; nothing in between. */
const fixedLength = 12;
const oneByteExtensions = 0xbede; // RFC 8285

/** 0 to 127, minus dBov (RFC 6464): 0 is loudest. */
export const silenceLevel = 127;

/** A packet that was authenticated. `payload` may end in padding, which then travels with it. */
export type RtpPacket = {
  index: number;
  ssrc: number;
  payloadType: number;
  marker: boolean;
  padding: boolean;
  timestamp: number;
  /** What the sender says of its loudness, or `silenceLevel`. */
  level: number;
  /** Which of several sizes of one picture (RFC 8852), or "" where it is not said. */
  layer: string;
  payload: Buffer;
};

/** RFC 5761: with RTCP on the same port, the second byte tells them apart. */
export const isRtcp = (bytes: Buffer) => bytes.length >= 2 && bytes[1]! >= 192 && bytes[1]! <= 223;
export const isRtp = (bytes: Buffer) => bytes.length >= fixedLength && bytes[0]! >= 128 && bytes[0]! <= 191;

/** @returns the length of header, CSRCs and extension, or -1 if the packet is too short for what it claims. Bytes. */
export function rtpHeaderLength(bytes: Buffer): number {
  if (!isRtp(bytes)) return -1;
  let length = fixedLength + 4 * (bytes[0]! & 0x0f);
  if (bytes[0]! & 0x10) {
    if (bytes.length < length + 4) return -1;
    length += 4 + 4 * bytes.readUInt16BE(length + 2);
  }
  return length <= bytes.length ? length : -1;
}

/** The payload of a one-byte header extension (RFC 8285 §4.2), or null. `headerLength` as `rtpHeaderLength` found it. */
export function readExtension(bytes: Buffer, headerLength: number, id: number): Buffer | null {
  const start = fixedLength + 4 * (bytes[0]! & 0x0f);
  if (!(bytes[0]! & 0x10) || bytes.readUInt16BE(start) !== oneByteExtensions) return null;
  for (let at = start + 4; at < headerLength; ) {
    const head = bytes[at]!;
    if (head === 0) {
      at += 1; // padding between extensions
      continue;
    }
    if (head >> 4 === 15) return null; // "stop here"
    const end = at + 2 + (head & 0x0f);
    if (end > headerLength) return null;
    if (head >> 4 === id) return bytes.subarray(at + 1, end);
    at = end;
  }
  return null;
}

/** The payload without its padding: what a codec may see. */
export function withoutPadding({ padding, payload }: Pick<RtpPacket, "padding" | "payload">): Buffer {
  if (!padding || payload.length === 0) return payload;
  const count = payload[payload.length - 1]!;
  return count === 0 || count > payload.length
    ? payload.subarray(0, 0)
    : payload.subarray(0, payload.length - count);
}

/** What stays the same in all packets of one stream that we send. */
export type StreamHeader = {
  ssrc: number;
  payloadType: number;
  /** Stamped on every packet, so that a browser finds the section even before it knows the SSRC (RFC 8843). */
  mid: { id: number; value: string } | null;
};

export function writeRtpHeader(
  stream: StreamHeader,
  packet: { index: number; timestamp: number; marker: boolean; padding: boolean },
): Buffer {
  const midLength = stream.mid ? stream.mid.value.length : 0;
  const words = stream.mid ? Math.ceil((1 + midLength) / 4) : 0;
  const header = Buffer.alloc(fixedLength + (words > 0 ? 4 + 4 * words : 0));
  header[0] = 0x80 | (packet.padding ? 0x20 : 0) | (words > 0 ? 0x10 : 0);
  header[1] = stream.payloadType | (packet.marker ? 0x80 : 0);
  header.writeUInt16BE(packet.index & 0xffff, 2);
  header.writeUInt32BE(packet.timestamp >>> 0, 4);
  header.writeUInt32BE(stream.ssrc, 8);
  if (stream.mid) {
    header.writeUInt16BE(oneByteExtensions, 12);
    header.writeUInt16BE(words, 14);
    header[16] = (stream.mid.id << 4) | (midLength - 1);
    header.write(stream.mid.value, 17, "latin1");
  }
  return header;
}
