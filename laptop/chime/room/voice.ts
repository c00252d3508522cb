import { Decoder } from "@evan/opus";
import { type RtpPacket, silenceLevel, withoutPadding } from "../rtp/packet";
import { frameSamples } from "./audio-out";

/** So many packets wait before somebody is heard: time enough to ask once for one that was lost. Packets of 20 ms. */
const cushion = 3;
/** Never further behind than this. Packets. */
const waitingMax = 8;
/** A microphone this quiet is not worth decoding. −dBov. */
const inaudible = silenceLevel - 7;

/** One talker on the mixer's clock: packets come in any order, frames leave in theirs. */
export class Voice {
  private readonly decoder = new Decoder({ channels: 1, sample_rate: 48000 });
  private readonly waiting = new Map<number, RtpPacket>();
  private frames: Int16Array[] = [];
  /** What was heard last, while it goes on: a lost frame is made up of it. */
  private last: Int16Array | null = null;
  /** The index to be heard next, or null while the cushion fills. */
  private next: number | null = null;

  push(packet: RtpPacket): void {
    if (this.next !== null && packet.index < this.next) return; // too late: its place has passed
    this.waiting.set(packet.index, packet);
    if (this.waiting.size <= waitingMax) return;
    this.next = Math.max(...this.waiting.keys()) - cushion + 1;
    for (const index of this.waiting.keys()) if (index < this.next) this.waiting.delete(index);
  }

  /** The next 20 ms, or undefined for silence. */
  take(): Int16Array | undefined {
    if (this.frames.length === 0) this.decodeNext();
    const frame = this.frames.shift();
    this.last = frame ?? null;
    return frame;
  }

  private decodeNext(): void {
    if (this.waiting.size === 0) this.next = null; // stopped talking: whoever starts again fills the cushion again
    if (this.next === null) {
      if (this.waiting.size < cushion) return;
      this.next = Math.min(...this.waiting.keys());
    }
    const packet = this.waiting.get(this.next);
    this.waiting.delete(this.next);
    const lostMany = !packet && Math.min(...this.waiting.keys()) - this.next > waitingMax;
    this.next = lostMany ? Math.min(...this.waiting.keys()) : this.next + 1;
    if (!packet && this.last && !lostMany) this.frames = [backwards(this.last)];
    else if (packet && packet.level < inaudible) this.frames = this.decode(packet);
  }

  private decode(packet: RtpPacket): Int16Array[] {
    let bytes: Uint8Array;
    try {
      bytes = this.decoder.decode(withoutPadding(packet));
    } catch {
      return []; // no Opus: one frame less of whoever sent it
    }
    const pcm = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 1).slice(); // the decoder reuses its memory
    return Array.from({ length: Math.floor(pcm.length / frameSamples) }, (_, i) =>
      pcm.subarray(i * frameSamples, (i + 1) * frameSamples),
    );
  }
}

/**
 * Stands in for a lost frame: the one before it backwards, and softer. It begins where the other ended, so nothing clicks. The decoder's own
 * way out leaves its prediction so low that the next 100 ms are too quiet.
 */
const backwards = (frame: Int16Array) => frame.map((_, i) => frame[frame.length - 1 - i]! * 0.7);
