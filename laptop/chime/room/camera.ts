import type { RtpPacket } from "../rtp/packet";

/** About two seconds of a 2.5 Mbit/s camera. Packets, a power of two. */
const cacheSize = 512;
const keyframeEveryMs = 100;

/** What one client shows: its stream as others know it, and the packets that somebody may ask for again. */
export class Camera {
  ssrc: number | null = null;
  payloadType = -1;
  private readonly cache: Array<RtpPacket | undefined> = new Array(cacheSize);
  private askedAtMs = Number.NEGATIVE_INFINITY;

  constructor(
    readonly streamId: number,
    readonly groupId: number,
    public maxBitrateKbps: number,
    public framerate: number,
    private readonly ask: (ssrc: number) => void,
    private readonly now: () => number,
  ) {}

  keep(packet: RtpPacket): void {
    if (this.ssrc !== packet.ssrc) {
      this.ssrc = packet.ssrc;
      this.cache.fill(undefined);
    }
    this.cache[packet.index % cacheSize] = packet;
  }

  cached = (index: number): RtpPacket | undefined => {
    const packet = this.cache[index % cacheSize];
    return packet?.index === index ? packet : undefined;
  };

  /** At most one request per 100 ms, whoever asks: a key frame costs the sender a hundred ordinary packets. */
  requestKeyframe(): void {
    const nowMs = this.now();
    if (this.ssrc === null || nowMs - this.askedAtMs < keyframeEveryMs) return;
    this.askedAtMs = nowMs;
    this.ask(this.ssrc);
  }
}
