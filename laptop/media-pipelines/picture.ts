import type { RtpPacket } from "../chime/rtp/packet";
import { ActiveSpeaker } from "./active-speaker";
import { type Vp8Frame, Vp8Frames } from "./vp8-frames";

/** So that one can begin to look at any time: a key frame this often at least. */
const keyframeEveryMs = 5_000;

/** One picture of a meeting: of whoever speaks, one after another, each from a key frame on. */
export class Picture {
  private readonly speaker = new ActiveSpeaker();
  private frames = new Vp8Frames();
  private shown: string | null = null;
  private keyframeAtMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly now: () => number) {}

  /** @param level minus dBov. */
  heard(id: string, level: number): void {
    this.speaker.heard(id, level, this.now());
  }

  /** @returns the frames of the picture that are whole with this packet. */
  seen(id: string, packet: RtpPacket, camera: { requestKeyframe(): void }): Vp8Frame[] {
    const nowMs = this.now();
    this.speaker.seen(id, nowMs);
    const chosen = this.speaker.choose(nowMs);
    if (chosen !== this.shown) {
      this.shown = chosen;
      this.frames = new Vp8Frames();
    }
    if (id !== this.shown) return [];
    const frames = this.frames.push(packet);
    if (frames.some(({ isKey }) => isKey)) this.keyframeAtMs = nowMs;
    if (this.frames.needsKeyframe || nowMs - this.keyframeAtMs > keyframeEveryMs) camera.requestKeyframe();
    return frames;
  }
}
