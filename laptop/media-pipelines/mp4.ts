/** Opus in MP4 ("Encapsulation of Opus in ISO Base Media File Format"): mono, 48 kHz, one packet of 20 ms after another. */

const samplesPerSecond = 48_000;
const packetSamples = 960;
/** What the encoder looks ahead: as many samples at the beginning are not yet of the sound. */
const preSkip = 312;

const u16 = (...values: number[]) => Buffer.from(values.flatMap((value) => [value >> 8, value & 255]));
const u32 = (...values: number[]) => {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, i) => {
    bytes.writeUInt32BE(value, 4 * i);
  });
  return bytes;
};
const box = (type: string, ...parts: Buffer[]) => {
  const body = Buffer.concat(parts);
  return Buffer.concat([u32(body.length + 8), Buffer.from(type, "latin1"), body]);
};
/** With version 0 and these flags. */
const full = (type: string, flags: number, ...parts: Buffer[]) => box(type, u32(flags), ...parts);

const matrix = u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);
const sampleEntry = box(
  "Opus",
  Buffer.alloc(6),
  u16(1), // data reference
  u32(0, 0),
  u16(1, 16, 0, 0), // one channel, 16 bits
  u32(samplesPerSecond * 65_536),
  box("dOps", Buffer.from([0, 1]), u16(preSkip), u32(samplesPerSecond), u16(0), Buffer.from([0])),
);

function moov(packets: readonly Buffer[], dataAt: number): Buffer {
  const duration = packets.length * packetSamples;
  const table = box(
    "stbl",
    full("stsd", 0, u32(1), sampleEntry),
    full("stts", 0, u32(1, packets.length, packetSamples)),
    full("stsc", 0, u32(1, 1, packets.length, 1)),
    full("stsz", 0, u32(0, packets.length, ...packets.map(({ length }) => length))),
    full("stco", 0, u32(1, dataAt)),
  );
  const media = box(
    "mdia",
    full("mdhd", 0, u32(0, 0, samplesPerSecond, duration), u16(0x55c4, 0)), // language: undetermined
    full("hdlr", 0, u32(0), Buffer.from("soun"), u32(0, 0, 0), Buffer.from([0])),
    box("minf", full("smhd", 0, u32(0)), box("dinf", full("dref", 0, u32(1), full("url ", 1))), table),
  );
  return box(
    "moov",
    full(
      "mvhd",
      0,
      u32(0, 0, samplesPerSecond, duration, 0x10000),
      u16(0x0100, 0),
      u32(0, 0),
      matrix,
      u32(0, 0, 0, 0, 0, 0, 2),
    ),
    box(
      "trak",
      full("tkhd", 3, u32(0, 0, 1, 0, duration, 0, 0), u16(0, 0, 0x0100, 0), matrix, u32(0, 0)),
      media,
    ),
  );
}

/** @param packets Opus, 20 ms each; at least one. */
export function writeMp4(packets: readonly Buffer[]): Buffer {
  const ftyp = box("ftyp", Buffer.from("isom"), u32(512), Buffer.from("isomiso2mp41"));
  const { length } = moov(packets, 0);
  return Buffer.concat([ftyp, moov(packets, ftyp.length + length + 8), box("mdat", ...packets)]);
}

/** The packets of a file that `writeMp4` made. Throws for another. */
export function readMp4(file: Buffer): Buffer[] {
  const table = find(file, ["moov", "trak", "mdia", "minf", "stbl", "stsz"]);
  const data = find(file, ["mdat"]);
  const packets: Buffer[] = [];
  let at = 0;
  for (let i = 12; i < table.length; i += 4) {
    const length = table.readUInt32BE(i);
    packets.push(data.subarray(at, at + length));
    at += length;
  }
  if (at !== data.length) throw new Error("The file is damaged");
  return packets;
}

function find(bytes: Buffer, [type, ...rest]: string[]): Buffer {
  if (!type) return bytes;
  for (let at = 0; at + 8 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    if (length < 8 || at + length > bytes.length) break;
    if (bytes.toString("latin1", at + 4, at + 8) === type)
      return find(bytes.subarray(at + 8, at + length), rest);
    at += length;
  }
  throw new Error(`The file has no ${type}`);
}
