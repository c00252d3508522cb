import { Encoder } from "@evan/opus";
import type { RtpPacket } from "../rtp/packet";
import { frameSamples } from "./audio-out";
import { Voice } from "./voice";

const frameMs = 20;
const bitrate = 32_000;

export type Listener<Id> = {
  id: Id;
  sources: readonly Id[];
  /** What this listener loses of what it is sent, 0 to 1: its mix carries as much repair (Opus in-band FEC). */
  lossRate: number;
  mixed(opus: Buffer): void;
};

/** Adds up frames without wrapping around: what is too loud is clipped. */
export function sum(frames: readonly Int16Array[]): Int16Array {
  const mix = new Int16Array(frameSamples);
  for (let i = 0; i < frameSamples; i++) {
    let value = 0;
    for (const frame of frames) value += frame[i] ?? 0;
    mix[i] = Math.max(-32768, Math.min(32767, value));
  }
  return mix;
}

/** N−1 mixing: each listener with several talkers hears all of them but themselves, on one 20 ms clock. Idle it costs nothing. */
export class Mixer<Id extends object> {
  private readonly talkers = new Map<Id, Voice>();
  private readonly encoders = new WeakMap<Id, Encoder>();
  private timer: NodeJS.Timeout | null = null;
  private nextAtMs = 0;

  constructor(
    private readonly listeners: () => Listener<Id>[],
    private readonly now: () => number,
  ) {}

  push(talker: Id, packet: RtpPacket): void {
    this.start();
    let voice = this.talkers.get(talker);
    if (!voice) {
      voice = new Voice();
      this.talkers.set(talker, voice);
    }
    voice.push(packet);
  }

  forget(talker: Id): void {
    this.talkers.delete(talker);
  }

  stop(): void {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
    this.talkers.clear();
  }

  private start(): void {
    if (this.timer) return;
    this.nextAtMs = this.now() + frameMs;
    this.timer = setInterval(() => this.run(), frameMs / 2);
  }

  private run(): void {
    if (this.now() - this.nextAtMs > 200) this.nextAtMs = this.now(); // slept: do not catch up
    for (; this.timer && this.now() >= this.nextAtMs; this.nextAtMs += frameMs) if (!this.tick()) this.stop();
  }

  /** One frame for every listener. False when nobody needs a mix any more. */
  private tick(): boolean {
    const listeners = this.listeners();
    if (listeners.length === 0) return false;
    const heard = new Map<Id, Int16Array>();
    for (const [id, talker] of this.talkers) {
      const frame = talker.take();
      if (frame) heard.set(id, frame);
    }
    for (const listener of listeners)
      listener.mixed(
        this.encode(listener, sum(listener.sources.flatMap((source) => heard.get(source) ?? []))),
      );
    return true;
  }

  private encode({ id, lossRate }: Listener<Id>, pcm: Int16Array): Buffer {
    let encoder = this.encoders.get(id);
    if (!encoder) {
      encoder = new Encoder({ channels: 1, sample_rate: 48000, application: "voip" });
      encoder.bitrate = bitrate;
      encoder.inband_fec = true;
      this.encoders.set(id, encoder);
    }
    const lossPercent = Math.round(lossRate * 100);
    if (encoder.packet_loss !== lossPercent) encoder.packet_loss = lossPercent;
    return Buffer.from(encoder.encode(pcm));
  }
}
