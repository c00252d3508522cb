import { type RtpPacket, withoutPadding } from "../chime/rtp/packet";
import { isKeyframe, readVp8, startsKeyframe } from "../chime/rtp/vp8";

export type Vp8Frame = { bytes: Buffer; isKey: boolean };

/** So many packets may wait for one that is missing: by then it was asked for again, and did not come. */
const waitingMax = 128;
/** More is no camera's. Bytes. */
const frameMax = 4 * 1024 * 1024;

/** Whole frames out of one camera's packets, which come in any order. It begins with a key frame, and does so again where something stays lost. */
export class Vp8Frames {
  private readonly waiting = new Map<number, RtpPacket>();
  private ssrc: number | null = null;
  /** The index that comes next; null while there is nothing that a decoder could begin with. */
  private next: number | null = null;
  private parts: Buffer[] = [];
  private length = 0;

  get needsKeyframe(): boolean {
    return this.next === null;
  }

  /** @returns the frames that are whole with this packet, in their order. */
  push(packet: RtpPacket): Vp8Frame[] {
    if (packet.ssrc !== this.ssrc) {
      this.ssrc = packet.ssrc;
      this.restart();
    }
    if (this.next === null) {
      if (!startsKeyframe(withoutPadding(packet))) return [];
      this.next = packet.index;
    }
    if (packet.index < this.next) return [];
    this.waiting.set(packet.index, packet);
    const frames = this.takeWhole();
    if (this.waiting.size > waitingMax) this.restart();
    return frames;
  }

  private restart(): void {
    this.next = null;
    this.waiting.clear();
    this.forget();
  }
  private forget(): void {
    this.parts = [];
    this.length = 0;
  }

  private takeWhole(): Vp8Frame[] {
    const frames: Vp8Frame[] = [];
    while (this.next !== null) {
      const packet = this.waiting.get(this.next);
      if (!packet) break;
      this.waiting.delete(this.next);
      this.next += 1;
      const payload = withoutPadding(packet);
      if (payload.length === 0) continue; // only tests the line
      const frame = this.add(payload, packet.marker);
      if (frame) frames.push(frame);
    }
    return frames;
  }

  private add(payload: Buffer, isLast: boolean): Vp8Frame | null {
    const part = readVp8(payload);
    // A frame that begins in its middle, or is none.
    if (!part || part.starts !== (this.length === 0) || this.length + part.data.length > frameMax) {
      this.restart();
      return null;
    }
    this.parts.push(part.data);
    this.length += part.data.length;
    if (!isLast) return null;
    const bytes = Buffer.concat(this.parts);
    this.forget();
    return { bytes, isKey: isKeyframe(bytes) };
  }
}
