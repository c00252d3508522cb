import { type RtpPacket, type StreamHeader, writeRtpHeader } from "../rtp/packet";
import { startsKeyframe } from "../rtp/vp8";
import type { Budget } from "../signaling/budget";

/**
 * One camera as one viewer gets it. Nothing flows before a key frame; each (re)start continues the numbering without a gap, so that the
 * browser never asks for packets that were not meant for it. A packet lost on the way in stays a gap, and is filled when it comes.
 */
export class VideoOut {
  /** Until then packets are withheld; the room keeps asking the camera for a key frame. */
  waiting = true;
  private index: number;
  private floor = 0;
  private offset = 0;
  private timestampOffset = 0;
  private timestamp: number;

  constructor(
    readonly streamId: number,
    /** The section of the viewer's SDP in which it is shown. */
    readonly mid: string,
    readonly stream: StreamHeader,
    start: { index: number; timestamp: number },
    private readonly send: (header: Buffer, payload: Buffer, ssrc: number, index: number) => void,
    /** Called before the very first packet. */
    private begin: (() => void) | null,
    private readonly resends: Budget,
  ) {
    this.index = start.index;
    this.timestamp = start.timestamp;
  }

  /** After a pause, or when the right to see came back: from the next key frame on. */
  restart(): void {
    this.waiting = true;
  }

  forward(packet: RtpPacket): void {
    if (this.waiting) {
      if (!startsKeyframe(packet.payload)) return;
      this.waiting = false;
      this.begin?.();
      this.begin = null;
      this.floor = this.index + 1;
      this.offset = this.floor - packet.index;
      this.timestampOffset = (this.timestamp + 3000 - packet.timestamp) >>> 0; // one frame's time at 30 Hz
    }
    const index = packet.index + this.offset;
    if (index < this.floor) return;
    if (index > this.index) {
      this.index = index;
      this.timestamp = this.timeOf(packet.timestamp);
    }
    this.write(packet, index);
  }

  /** The viewer lost these: sends them again, byte for byte, as long as the camera's cache has them. */
  resend(sequences: readonly number[], cached: (index: number) => RtpPacket | undefined): void {
    if (this.waiting) return;
    for (const sequence of sequences) {
      const index = this.index - ((this.index - sequence) & 0xffff);
      const packet = index >= this.floor ? cached(index - this.offset) : undefined;
      if (packet && this.resends.take()) this.write(packet, index);
    }
  }

  /** The sender's timestamp on this viewer's clock. */
  timeOf(timestamp: number): number {
    return (timestamp + this.timestampOffset) >>> 0;
  }

  private write(packet: RtpPacket, index: number): void {
    const { marker, padding } = packet;
    const header = writeRtpHeader(this.stream, {
      index,
      timestamp: this.timeOf(packet.timestamp),
      marker,
      padding,
    });
    this.send(header, packet.payload, this.stream.ssrc, index);
  }
}
