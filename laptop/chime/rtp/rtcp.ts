/** RTCP (RFC 3550 §6, RFC 4585, RFC 5104): the few packets an SFU reads and writes. */
const version = 0x80;
const type = { sender: 200, receiver: 201, transportFeedback: 205, payloadFeedback: 206 } as const;
const rembName = 0x52454d42; // "REMB"

/** A compound packet of an honest client has a handful of parts. */
const partsMax = 32;
/** Packets that one NACK may ask for again. */
const nackMax = 256;

export type SenderReport = {
  kind: "sender-report";
  ssrc: number;
  ntp: bigint;
  timestamp: number;
  packets: number;
  octets: number;
};
export type Rtcp =
  | SenderReport
  /** What the client receives of a stream of ours. `fractionLost`: 0 to 1, since its last report. */
  | { kind: "reception"; ssrc: number; fractionLost: number }
  | { kind: "keyframe-request"; ssrc: number }
  | { kind: "nack"; ssrc: number; sequences: number[] };

/** Reads a compound packet (decrypted). What we do not use is skipped; the first part that does not add up ends it. Never throws. */
export function readRtcp(bytes: Buffer): Rtcp[] {
  const found: Rtcp[] = [];
  let at = 0;
  for (let part = 0; part < partsMax && at + 4 <= bytes.length; part++) {
    const end = at + 4 + 4 * bytes.readUInt16BE(at + 2);
    if ((bytes[at]! & 0xc0) !== version || end > bytes.length) break;
    readPart(bytes.subarray(at, end), found);
    at = end;
  }
  return found;
}

function readReceptions(part: Buffer, from: number, count: number, found: Rtcp[]): void {
  for (let at = from, left = count; left > 0 && at + 24 <= part.length; left--, at += 24)
    found.push({ kind: "reception", ssrc: part.readUInt32BE(at), fractionLost: part[at + 4]! / 256 });
}

function readPart(part: Buffer, found: Rtcp[]): void {
  const count = part[0]! & 0x1f;
  if (part[1] === type.receiver) readReceptions(part, 8, count, found);
  else if (part[1] === type.sender && part.length >= 28) {
    found.push({
      kind: "sender-report",
      ssrc: part.readUInt32BE(4),
      ntp: part.readBigUInt64BE(8),
      timestamp: part.readUInt32BE(16),
      packets: part.readUInt32BE(20),
      octets: part.readUInt32BE(24),
    });
    readReceptions(part, 28, count, found);
  } else if (part[1] === type.payloadFeedback && count === 1 && part.length >= 12)
    found.push({ kind: "keyframe-request", ssrc: part.readUInt32BE(8) });
  else if (part[1] === type.payloadFeedback && count === 4)
    for (let at = 12; at + 8 <= part.length; at += 8)
      found.push({ kind: "keyframe-request", ssrc: part.readUInt32BE(at) });
  else if (part[1] === type.transportFeedback && count === 1 && part.length >= 16) {
    const sequences: number[] = [];
    for (let at = 12; at + 4 <= part.length && sequences.length < nackMax; at += 4) {
      const first = part.readUInt16BE(at);
      const mask = part.readUInt16BE(at + 2);
      sequences.push(first);
      for (let bit = 0; bit < 16; bit++) if (mask & (1 << bit)) sequences.push((first + bit + 1) & 0xffff);
    }
    found.push({ kind: "nack", ssrc: part.readUInt32BE(8), sequences });
  }
}

function begin(words: number, count: number, packetType: number): Buffer {
  const out = Buffer.alloc(4 + 4 * words);
  out[0] = version | count;
  out[1] = packetType;
  out.writeUInt16BE(words, 2);
  return out;
}

export type ReceptionReport = {
  ssrc: number;
  /** 0 to 1, since the last report. */
  fractionLost: number;
  packetsLost: number;
  highestIndex: number;
  /** In the stream's clock units. */
  jitter: number;
  /** The middle 32 bits of the last sender report's time, and how long ago it came, in 1/65,536 s; 0 for none. */
  lastReport: number;
  sinceLastReport: number;
};

export function writeReceiverReport(sender: number, reports: readonly ReceptionReport[]): Buffer {
  const blocks = reports.slice(0, 31);
  const out = begin(1 + 6 * blocks.length, blocks.length, type.receiver);
  out.writeUInt32BE(sender, 4);
  blocks.forEach((report, i) => {
    const at = 8 + 24 * i;
    out.writeUInt32BE(report.ssrc, at);
    const lost = Math.max(-0x800000, Math.min(0x7fffff, report.packetsLost)) & 0xffffff;
    const fraction = Math.max(0, Math.min(255, Math.floor(report.fractionLost * 256)));
    out.writeUInt32BE(((fraction << 24) | lost) >>> 0, at + 4);
    out.writeUInt32BE(report.highestIndex % 0x100000000, at + 8);
    out.writeUInt32BE(Math.min(0xffffffff, Math.round(report.jitter)) >>> 0, at + 12);
    out.writeUInt32BE(report.lastReport >>> 0, at + 16);
    out.writeUInt32BE(Math.min(0xffffffff, Math.round(report.sinceLastReport)) >>> 0, at + 20);
  });
  return out;
}

export function writeSenderReport(report: Omit<SenderReport, "kind">): Buffer {
  const out = begin(6, 0, type.sender);
  out.writeUInt32BE(report.ssrc, 4);
  out.writeBigUInt64BE(report.ntp, 8);
  out.writeUInt32BE(report.timestamp >>> 0, 16);
  out.writeUInt32BE(report.packets >>> 0, 20);
  out.writeUInt32BE(report.octets >>> 0, 24);
  return out;
}

export function writeKeyframeRequest(sender: number, media: number): Buffer {
  const out = begin(2, 1, type.payloadFeedback);
  out.writeUInt32BE(sender, 4);
  out.writeUInt32BE(media, 8);
  return out;
}

export function writeNack(sender: number, media: number, sequences: readonly number[]): Buffer {
  const entries: Array<[first: number, mask: number]> = [];
  for (const sequence of sequences) {
    const last = entries.at(-1);
    const ahead = last ? (sequence - last[0]) & 0xffff : 0;
    if (last && ahead >= 1 && ahead <= 16) last[1] |= 1 << (ahead - 1);
    else entries.push([sequence, 0]);
  }
  const out = begin(2 + entries.length, 1, type.transportFeedback);
  out.writeUInt32BE(sender, 4);
  out.writeUInt32BE(media, 8);
  entries.forEach(([first, mask], i) => {
    out.writeUInt16BE(first, 12 + 4 * i);
    out.writeUInt16BE(mask, 14 + 4 * i);
  });
  return out;
}

/** Receiver estimated maximum bitrate (draft-alvestrand-rmcat-remb): how much the client may send. Bits per second. */
export function writeBitrateLimit(sender: number, media: number, bitsPerSecond: number): Buffer {
  const out = begin(5, 15, type.payloadFeedback);
  let exponent = 0;
  let mantissa = bitsPerSecond;
  for (; mantissa > 0x3ffff; exponent++) mantissa = Math.floor(mantissa / 2);
  out.writeUInt32BE(sender, 4);
  out.writeUInt32BE(rembName, 12);
  out.writeUInt32BE(((1 << 24) | (exponent << 18) | mantissa) >>> 0, 16);
  out.writeUInt32BE(media, 20);
  return out;
}
