import { type RtpPacket, withoutPadding } from "../rtp/packet";
import { readRed } from "../rtp/red";
import { frameSamples } from "./audio-out";

/** How far back a repeated frame can still be of use: by then a listener's jitter buffer has given it up. Packets. */
const reach = 16;

/** What a client says, as plain Opus frames: out of redundant packets (RFC 2198) the lost ones come back, each frame once. */
export class AudioIn {
  /** -1: not agreed. */
  payloadType = -1;
  redPayloadType = -1;
  /** The id of the RFC 6464 extension; 0 for none. */
  levelId = 0;
  private readonly taken = new Float64Array(reach);
  private highest = -1;
  private ssrc = -1;

  accepts(payloadType: number): boolean {
    return payloadType === this.payloadType || payloadType === this.redPayloadType;
  }

  /** The packet's own frame, and before it those that were lost and come again with it. Bytes that are no RED are nothing. */
  frames(packet: RtpPacket): RtpPacket[] {
    if (packet.ssrc !== this.ssrc) {
      this.ssrc = packet.ssrc;
      this.highest = -1;
      this.taken.fill(-1);
    }
    if (packet.payloadType !== this.redPayloadType) return this.take(packet.index) ? [packet] : [];
    const blocks = readRed(withoutPadding(packet), this.payloadType) ?? [];
    return blocks.flatMap(({ offset, payload }) => {
      const index = packet.index - offset / frameSamples;
      if (!Number.isInteger(index) || payload.length === 0 || !this.take(index)) return [];
      return {
        ...packet,
        index,
        payload,
        timestamp: (packet.timestamp - offset) >>> 0,
        payloadType: this.payloadType,
        padding: false,
      };
    });
  }

  /** True once for each frame that may still be of use. */
  private take(index: number): boolean {
    if (index < 0 || index <= this.highest - reach || this.taken[index % reach] === index) return false;
    this.taken[index % reach] = index;
    this.highest = Math.max(this.highest, index);
    return true;
  }
}
