/** G.711, the two sounds of the telephone network: 8 bits a sample, 8 kHz. @see ITU-T G.711 */
export type Law = "PCMU" | "PCMA";

const bias = 0x84;
const clip = 32_635;

function muLawOf(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const size = Math.min(clip, Math.abs(sample)) + bias;
  const exponent = 31 - Math.clz32(size) - 7;
  return ~(sign | (exponent << 4) | ((size >> (exponent + 3)) & 0x0f)) & 0xff;
}

function fromMuLaw(byte: number): number {
  const bits = ~byte & 0xff;
  const size = ((((bits & 0x0f) << 3) + bias) << ((bits >> 4) & 7)) - bias;
  return bits & 0x80 ? -size : size;
}

/** A-law's even bits travel turned over. */
const flip = 0x55;

function aLawOf(sample: number): number {
  const sign = sample < 0 ? 0 : 0x80;
  const size = Math.min(0x7fff, sample < 0 ? ~sample : sample) >> 3;
  const exponent = size < 32 ? 0 : 31 - Math.clz32(size) - 4;
  const mantissa = exponent === 0 ? size >> 1 : (size >> exponent) & 0x0f;
  return (sign | (exponent << 4) | mantissa) ^ flip;
}

function fromALaw(byte: number): number {
  const bits = byte ^ flip;
  const exponent = (bits >> 4) & 7;
  const mantissa = ((bits & 0x0f) << 4) + 8;
  const size = exponent === 0 ? mantissa : (mantissa + 0x100) << (exponent - 1);
  return bits & 0x80 ? size : -size;
}

const table = (from: (byte: number) => number) => Int16Array.from({ length: 256 }, (_, byte) => from(byte));
const linear = { PCMU: table(fromMuLaw), PCMA: table(fromALaw) };
const encoders = { PCMU: muLawOf, PCMA: aLawOf };

export function encodeG711(law: Law, samples: Int16Array): Buffer {
  const encode = encoders[law];
  const bytes = Buffer.allocUnsafe(samples.length);
  for (let i = 0; i < samples.length; i++) bytes[i] = encode(samples[i]!);
  return bytes;
}

export function decodeG711(law: Law, bytes: Uint8Array): Int16Array {
  const values = linear[law];
  const samples = new Int16Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) samples[i] = values[bytes[i]!]!;
  return samples;
}
