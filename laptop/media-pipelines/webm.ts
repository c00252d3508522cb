import { sizeOf } from "../chime/rtp/vp8";

/** Opus and VP8 in WebM (Matroska, RFC 9559; EBML, RFC 8794): mono, 48 kHz; one picture, whose size may change with a key frame. */

/** One packet of sound, 20 ms, or one frame of the picture. `atMs` since the beginning. */
export type Block = { kind: "sound" | "picture"; atMs: number; isKey: boolean; bytes: Buffer };

const soundMs = 20;
const samplesPerSecond = 48_000;
/** What the encoder looks ahead. Samples. */
const preSkip = 312;
const nanoseconds = 1_000_000; // of the unit of time, a millisecond
/** A block's time is told from its cluster's, in 16 bits; and whoever seeks where there is no picture begins at a cluster. */
const clusterMs = 5_000;
const trackOf = { sound: 1, picture: 2 } as const;
const unknownSize = { width: 640, height: 360 };

const id = {
  ebml: 0x1a45dfa3,
  ebmlVersion: 0x4286,
  ebmlReadVersion: 0x42f7,
  ebmlMaxIdLength: 0x42f2,
  ebmlMaxSizeLength: 0x42f3,
  docType: 0x4282,
  docTypeVersion: 0x4287,
  docTypeReadVersion: 0x4285,
  segment: 0x18538067,
  info: 0x1549a966,
  timestampScale: 0x2ad7b1,
  duration: 0x4489,
  muxingApp: 0x4d80,
  writingApp: 0x5741,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackNumber: 0xd7,
  trackUid: 0x73c5,
  trackType: 0x83,
  codecId: 0x86,
  codecPrivate: 0x63a2,
  codecDelay: 0x56aa,
  seekPreRoll: 0x56bb,
  flagLacing: 0x9c,
  audio: 0xe1,
  samplingFrequency: 0xb5,
  channels: 0x9f,
  video: 0xe0,
  pixelWidth: 0xb0,
  pixelHeight: 0xba,
  cues: 0x1c53bb6b,
  cuePoint: 0xbb,
  cueTime: 0xb3,
  cueTrackPositions: 0xb7,
  cueTrack: 0xf7,
  cueClusterPosition: 0xf1,
  cluster: 0x1f43b675,
  timestamp: 0xe7,
  simpleBlock: 0xa3,
} as const;

function idBytes(value: number): Buffer {
  const length = Math.ceil((32 - Math.clz32(value)) / 8);
  const bytes = Buffer.alloc(length);
  bytes.writeUIntBE(value, 0, length);
  return bytes;
}
function sizeBytes(value: number): Buffer {
  let length = 1;
  while (value >= 2 ** (7 * length) - 1) length += 1;
  const bytes = Buffer.alloc(length);
  let rest = value;
  for (let at = length - 1; at >= 0; at--) {
    bytes[at] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes[0]! |= 0x80 >> (length - 1);
  return bytes;
}
const head = (of: number, length: number) => Buffer.concat([idBytes(of), sizeBytes(length)]);
const element = (of: number, ...parts: Buffer[]) => {
  const body = Buffer.concat(parts);
  return Buffer.concat([head(of, body.length), body]);
};
/** Always eight bytes, so that the length of the cues does not depend on where the clusters lie. */
function whole(of: number, value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return element(of, bytes);
}
function float(of: number, value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return element(of, bytes);
}
const words = (of: number, value: string) => element(of, Buffer.from(value, "latin1"));

function opusHead(): Buffer {
  const bytes = Buffer.alloc(19);
  bytes.write("OpusHead", 0, "latin1");
  bytes[8] = 1; // version
  bytes[9] = 1; // channel
  bytes.writeUInt16LE(preSkip, 10);
  bytes.writeUInt32LE(samplesPerSecond, 12);
  return bytes;
}

const fileHead = element(
  id.ebml,
  whole(id.ebmlVersion, 1),
  whole(id.ebmlReadVersion, 1),
  whole(id.ebmlMaxIdLength, 4),
  whole(id.ebmlMaxSizeLength, 8),
  words(id.docType, "webm"),
  whole(id.docTypeVersion, 4),
  whole(id.docTypeReadVersion, 2),
);
const track = (kind: Block["kind"], codec: string, ...more: Buffer[]) =>
  element(
    id.trackEntry,
    whole(id.trackNumber, trackOf[kind]),
    whole(id.trackUid, trackOf[kind]),
    whole(id.trackType, kind === "picture" ? 1 : 2),
    whole(id.flagLacing, 0),
    words(id.codecId, codec),
    ...more,
  );
const soundTrack = track(
  "sound",
  "A_OPUS",
  element(id.codecPrivate, opusHead()),
  whole(id.codecDelay, Math.round((preSkip / samplesPerSecond) * 1e9)),
  whole(id.seekPreRoll, 80 * nanoseconds),
  element(id.audio, float(id.samplingFrequency, samplesPerSecond), whole(id.channels, 1)),
);
function pictureTrack(first: Block): Buffer {
  const { width, height } = sizeOf(first.bytes) ?? unknownSize;
  return track(
    "picture",
    "V_VP8",
    element(id.video, whole(id.pixelWidth, width), whole(id.pixelHeight, height)),
  );
}

type Cluster = { atMs: number; blocks: Block[] };

/** A new one begins at each key frame, which is where one may begin to look, and where the last is long enough. */
function clustersOf(blocks: readonly Block[]): Cluster[] {
  const clusters: Cluster[] = [];
  for (const block of blocks) {
    const last = clusters.at(-1);
    const begins = block.kind === "picture" && block.isKey;
    if (!last || begins || block.atMs - last.atMs >= clusterMs)
      clusters.push({ atMs: block.atMs, blocks: [block] });
    else last.blocks.push(block);
  }
  return clusters;
}

function clusterBytes({ atMs, blocks }: Cluster): Buffer {
  const parts = blocks.flatMap(({ kind, isKey, bytes, ...block }) => {
    const fields = Buffer.from([0x80 | trackOf[kind], 0, 0, isKey ? 0x80 : 0]);
    fields.writeInt16BE(block.atMs - atMs, 1);
    return [head(id.simpleBlock, fields.length + bytes.length), fields, bytes];
  });
  return element(id.cluster, whole(id.timestamp, atMs), ...parts);
}

/** @param given in any order; at least one. Times are whole milliseconds. */
export function writeWebm(given: readonly Block[]): Buffer {
  const blocks = [...given].sort((a, b) => a.atMs - b.atMs);
  const firstPicture = blocks.find(({ kind, isKey }) => kind === "picture" && isKey);
  const clusters = clustersOf(blocks).map((cluster) => ({ ...cluster, bytes: clusterBytes(cluster) }));
  const durationMs = blocks.at(-1)!.atMs + soundMs;
  const info = element(
    id.info,
    whole(id.timestampScale, nanoseconds),
    float(id.duration, durationMs),
    words(id.muxingApp, "laptop"),
    words(id.writingApp, "laptop"),
  );
  const tracks = element(id.tracks, soundTrack, ...(firstPicture ? [pictureTrack(firstPicture)] : []));
  /** Where there is a picture, one begins at its key frames; else anywhere. */
  const starts = ({ blocks: [first] }: Cluster) =>
    !firstPicture || (first?.kind === "picture" && first.isKey);
  function cues(firstAt: number): Buffer {
    let at = firstAt;
    const points: Buffer[] = [];
    for (const cluster of clusters) {
      if (starts(cluster))
        points.push(
          element(
            id.cuePoint,
            whole(id.cueTime, cluster.atMs),
            element(
              id.cueTrackPositions,
              whole(id.cueTrack, firstPicture ? trackOf.picture : trackOf.sound),
              whole(id.cueClusterPosition, at),
            ),
          ),
        );
      at += cluster.bytes.length;
    }
    return element(id.cues, ...points);
  }
  const before = info.length + tracks.length;
  const index = cues(before + cues(0).length);
  const parts = [info, tracks, index, ...clusters.map(({ bytes }) => bytes)];
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([fileHead, head(id.segment, length), ...parts]);
}

/** The blocks of a file that `writeWebm` made. Throws for another. */
export function readWebm(file: Buffer): Block[] {
  const segment = elementsOf(file).find(({ of }) => of === id.segment);
  if (!segment) throw damaged();
  return elementsOf(segment.body)
    .filter(({ of }) => of === id.cluster)
    .flatMap(({ body }) => {
      const [time, ...blocks] = elementsOf(body);
      if (time?.of !== id.timestamp) throw damaged();
      const clusterAtMs = Number(time.body.readBigUInt64BE());
      return blocks.map((block): Block => {
        const [number, flags] = [block.body[0]! & 0x7f, block.body[3]!];
        return {
          kind: number === trackOf.picture ? "picture" : "sound",
          atMs: clusterAtMs + block.body.readInt16BE(1),
          isKey: (flags & 0x80) !== 0,
          bytes: block.body.subarray(4),
        };
      });
    });
}
const damaged = () => new Error("The file is damaged");

function elementsOf(bytes: Buffer): Array<{ of: number; body: Buffer }> {
  const found: Array<{ of: number; body: Buffer }> = [];
  for (let at = 0; at < bytes.length; ) {
    const idLength = lengthOf(bytes, at);
    const sizeAt = at + idLength;
    const sizeLength = lengthOf(bytes, sizeAt);
    const from = sizeAt + sizeLength;
    if (from > bytes.length) throw damaged();
    let size = bytes[sizeAt]! & (0xff >> sizeLength);
    for (let i = sizeAt + 1; i < from; i++) size = size * 256 + bytes[i]!;
    if (from + size > bytes.length) throw damaged();
    found.push({ of: bytes.readUIntBE(at, idLength), body: bytes.subarray(from, from + size) });
    at = from + size;
  }
  return found;
}
/** Of a number of variable length: as many zeros lead it as bytes follow. */
function lengthOf(bytes: Buffer, at: number): number {
  const length = Math.clz32(bytes[at] ?? 0) - 23;
  if (length > 8) throw damaged();
  return length;
}
