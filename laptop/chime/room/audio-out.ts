import { type RtpPacket, type StreamHeader, withoutPadding, writeRtpHeader } from "../rtp/packet";
import { type RedBlock, writeRed } from "../rtp/red";
import type { Budget } from "../signaling/budget";

/** One 20 ms frame of Opus silence. */
const silentFrame = Buffer.from([0xf8, 0xff, 0xfe]);
export const frameSamples = 960;
/** Frames that each packet repeats while the listener loses packets: two in a row may then go missing unnoticed. */
const repeated = 2;
/** How much a listener may lose before frames are repeated to it: browsers conceal a lost one now and then. */
const repeatFromLoss = 0.005;
/** A source is missing only after this long: a late packet is not a missing one. */
const missingAfterMs = 1000;
/** What a listener may ask for again: older than this it would come too late. Packets of 20 ms, a power of two. */
const keptMax = 32;
type Sent = { index: number; header: Buffer; payload: Buffer };

/**
 * What one client hears: a single stream whose sequence and time go on whatever it is made of (one talker, a mix, silence).
 * Every change of source is spliced on the wall clock, at 48 kHz; splicing at "last timestamp + gap" makes a browser's jitter
 * buffer grow with each change.
 */
export class AudioOut {
  stream: StreamHeader;
  /** Of redundant audio, where the listener reads it; else -1. */
  redPayloadType = -1;
  /** What the listener says it loses, smoothed. 0 to 1. */
  private loss = 0;
  private readonly recent: Array<{ timestamp: number; payload: Buffer }> = [];
  private source: number | "mix" | null = null;
  private index: number;
  private timestamp: number;
  private indexOffset = 0;
  private indexFloor = 0;
  private timestampOffset = 0;
  private sentAtMs = Number.NEGATIVE_INFINITY;
  private readonly kept: Array<Sent | undefined> = new Array(keptMax);
  private readonly startMs: number;
  private readonly startTimestamp: number;

  /** @param start random: the first index (below 32,768) and timestamp. */
  constructor(
    ssrc: number,
    start: { index: number; timestamp: number },
    private readonly send: (header: Buffer, payload: Buffer, index: number) => void,
    private readonly now: () => number,
    private readonly resends: Budget,
  ) {
    this.stream = { ssrc, payloadType: 111, mid: null };
    this.index = start.index;
    this.timestamp = start.timestamp;
    this.startTimestamp = start.timestamp;
    this.startMs = now();
  }

  /** True when no source sends, or none did for so long that silence must fill in. */
  get starving(): boolean {
    return this.source === null || this.now() - this.sentAtMs >= missingAfterMs;
  }

  /** From the listener's report. Worse counts at once, better bit by bit. */
  onLoss(fraction: number): void {
    this.loss = Math.max(fraction, this.loss * 0.8);
  }
  get lossRate(): number {
    return this.loss;
  }

  forward(packet: RtpPacket): void {
    const marker = this.source !== packet.ssrc;
    if (marker) {
      this.source = packet.ssrc;
      this.indexFloor = this.index + 1;
      this.indexOffset = this.indexFloor - packet.index;
      this.timestampOffset = this.splicedAt() - packet.timestamp;
    }
    const index = packet.index + this.indexOffset;
    if (index < this.indexFloor) return; // from before the splice: that place was taken by something else
    const timestamp = (packet.timestamp + this.timestampOffset) >>> 0;
    if (index > this.index) {
      this.index = index;
      this.timestamp = timestamp;
    }
    this.write(packet.payload, { index, timestamp, marker, padding: packet.padding });
  }

  mixed(opus: Buffer): void {
    const marker = this.source !== "mix";
    this.source = "mix";
    this.next(opus, marker ? this.splicedAt() : (this.timestamp + frameSamples) >>> 0, marker);
  }

  /** Fills in when nobody else does; called every 20 ms, sends when a frame is due. */
  silence(): void {
    if (!this.starving) return;
    const behind = (this.clock() - this.timestamp) | 0;
    if (this.source === null && behind < frameSamples) return;
    this.source = null;
    const frames = Math.max(1, Math.floor(behind / frameSamples));
    this.next(silentFrame, (this.timestamp + frames * frameSamples) >>> 0, false);
  }

  private next(payload: Buffer, timestamp: number, marker: boolean): void {
    this.index += 1;
    this.timestamp = timestamp;
    this.write(payload, { index: this.index, timestamp, marker, padding: false });
  }

  /** The listener lost these: the very same bytes again. A word that comes much later is of no use, so only the newest are kept. */
  resend(sequences: readonly number[]): void {
    for (const sequence of sequences) {
      const index = this.index - ((this.index - sequence) & 0xffff);
      const sent = this.kept[index & (keptMax - 1)];
      if (sent?.index === index && this.resends.take()) this.send(sent.header, sent.payload, index);
    }
  }

  private write(payload: Buffer, fields: Parameters<typeof writeRtpHeader>[1]): void {
    const { index } = fields;
    const repeats = this.redPayloadType >= 0 && this.loss >= repeatFromLoss;
    const body = repeats
      ? this.repeating(withoutPadding({ padding: fields.padding, payload }), fields.timestamp)
      : payload;
    const header = repeats
      ? writeRtpHeader({ ...this.stream, payloadType: this.redPayloadType }, { ...fields, padding: false })
      : writeRtpHeader(this.stream, fields);
    if (!repeats) this.recent.length = 0;
    this.sentAtMs = this.now();
    this.kept[index & (keptMax - 1)] = { index, header, payload: body };
    this.send(header, body, index);
  }

  /** A frame with those before it. */
  private repeating(payload: Buffer, timestamp: number): Buffer {
    const earlier = this.recent.map((one): RedBlock => ({ ...one, offset: (timestamp - one.timestamp) | 0 }));
    this.recent.push({ timestamp, payload });
    this.recent.splice(0, this.recent.length - repeated);
    return writeRed(payload, this.stream.payloadType, earlier);
  }

  /** Now, or just after what was sent, whichever is later. */
  private splicedAt(): number {
    const following = (this.timestamp + frameSamples) >>> 0;
    const clock = this.clock();
    return ((clock - following) | 0) > 0 ? clock : following;
  }

  private clock(): number {
    return (this.startTimestamp + Math.round((this.now() - this.startMs) * 48)) >>> 0;
  }
}
