import { type RtpPacket, withoutPadding } from "../rtp/packet";

/** About two seconds of a 2.5 Mbit/s camera. Packets, a power of two. */
const cacheSize = 512;
const keyframeEveryMs = 100;

/** A layer that sent nothing for this long is not being sent: the client's line does not carry it, or its SDK switched it off. */
const layerGoneMs = 1000;

type Layer = { ssrc: number; rank: number; atMs: number };

/**
 * What one client shows: its stream as others know it, and the packets that somebody may ask for again. Of several sizes of one picture
 * (simulcast) the best that comes is shown to everybody.
 */
export class Camera {
  ssrc: number | null = null;
  payloadType = -1;
  /** The id of the extension that tells layers apart, and their names, the smallest first; 0 and none without simulcast. */
  layerId = 0;
  layers: readonly string[] = [];
  private readonly known = new Map<number, Layer>();
  private readonly cache: Array<RtpPacket | undefined> = new Array(cacheSize);
  private askedAtMs = Number.NEGATIVE_INFINITY;

  constructor(
    readonly streamId: number,
    readonly groupId: number,
    public maxBitrateKbps: number,
    public framerate: number,
    private readonly ask: (ssrc: number) => void,
    private readonly onSwitched: () => void,
    private readonly now: () => number,
  ) {}

  /** True for a packet of the stream that is shown; it is kept. */
  takes(packet: RtpPacket): boolean {
    const ssrc = this.layers.length === 0 ? packet.ssrc : this.bestLayer(packet);
    if (ssrc !== this.ssrc) this.show(ssrc);
    if (packet.ssrc !== ssrc) return false;
    this.cache[packet.index % cacheSize] = packet;
    return true;
  }

  private show(ssrc: number | null): void {
    const before = this.ssrc;
    this.ssrc = ssrc;
    this.cache.fill(undefined);
    if (before === null || this.layers.length === 0) return;
    this.onSwitched();
    this.askedAtMs = Number.NEGATIVE_INFINITY;
    this.requestKeyframe();
  }

  private bestLayer(packet: RtpPacket): number | null {
    const nowMs = this.now();
    const layer = this.known.get(packet.ssrc) ?? this.meet(packet);
    // Padding alone only tests the line.
    if (layer && withoutPadding(packet).length > 0) layer.atMs = nowMs;
    let best: Layer | null = null;
    for (const one of this.known.values())
      if (nowMs - one.atMs < layerGoneMs && (!best || one.rank > best.rank)) best = one;
    return best?.ssrc ?? this.ssrc;
  }

  /** A client names the layer of its first packets, until we reported on them. SRTP bounds how many streams there are. */
  private meet({ ssrc, layer }: RtpPacket): Layer | null {
    const rank = this.layers.indexOf(layer);
    if (rank < 0) return null;
    const met = { ssrc, rank, atMs: Number.NEGATIVE_INFINITY };
    this.known.set(ssrc, met);
    return met;
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
