import { Encoder } from "@evan/opus";
import { sum } from "../chime/room/mixer";
import type { Listen } from "../chime/room/room";
import { Voice } from "../chime/room/voice";
import { writeMp4 } from "./mp4";
import { Picture } from "./picture";
import { type Block, writeWebm } from "./webm";

const frameMs = 20;
const frameSamples = 960;
const bitrate = 32_000;
/** As the vendor's: files of five seconds, so that what stands in one survives whatever comes after it. */
const pieceFrames = 250;
/** After a sleep of this machine nothing is caught up with. */
const sleptMs = 2_000;

export type Capture = {
  /** Writes what is not yet written. Done once. */
  stop(): void;
};

/**
 * Everybody who speaks in a meeting, mixed, as MP4 files of at most five seconds; or as WebM files, with the picture of whoever speaks. It takes nobody's
 * place in the meeting. Nothing that arrived before it was opened, or after it was stopped, is in them.
 *
 * @param put keeps the next file, which began so many milliseconds after the capture did. What it throws ends the capture, by `failed`.
 */
export function openCapture(options: {
  listen: Listen;
  withPicture: boolean;
  put: (file: Buffer, startedMs: number) => void;
  failed: (cause: unknown) => void;
  now: () => number;
}): Capture {
  const { now } = options;
  const voices = new Map<string, Voice>();
  const encoder = new Encoder({ channels: 1, sample_rate: 48000, application: "voip" });
  encoder.bitrate = bitrate;
  const picture = options.withPicture ? new Picture(now) : null;
  let packets: Buffer[] = [];
  let pictures: Block[] = [];
  let frames = 0;
  let nextAtMs = now() + frameMs;
  let over = false;

  /** On the clock of the sound, which stands still while this machine sleeps. Whole milliseconds. */
  const positionMs = () => Math.max(0, Math.round(frames * frameMs + now() - (nextAtMs - frameMs)));
  const away = options.listen({
    hear(attendeeId, packet) {
      let voice = voices.get(attendeeId);
      if (!voice) {
        voice = new Voice();
        voices.set(attendeeId, voice);
      }
      voice.push(packet);
      picture?.heard(attendeeId, packet.level);
    },
    see(attendeeId, packet, camera) {
      for (const shown of picture?.seen(attendeeId, packet, camera) ?? [])
        pictures.push({ kind: "picture", atMs: positionMs(), ...shown });
    },
  });

  function frame(): void {
    const heard = [...voices.values()].flatMap((voice) => voice.take() ?? []);
    packets.push(Buffer.from(encoder.encode(heard.length > 0 ? sum(heard) : new Int16Array(frameSamples))));
    frames += 1;
    if (packets.length >= pieceFrames) keep();
  }
  function keep(): void {
    if (packets.length === 0) return;
    const startedMs = (frames - packets.length) * frameMs;
    const sound = packets.map(
      (bytes, i): Block => ({ kind: "sound", atMs: startedMs + i * frameMs, isKey: true, bytes }),
    );
    options.put(picture ? writeWebm([...sound, ...pictures]) : writeMp4(packets), startedMs);
    packets = [];
    pictures = [];
  }
  function catchUp(): void {
    if (now() - nextAtMs > sleptMs) nextAtMs = now();
    for (; now() >= nextAtMs; nextAtMs += frameMs) frame();
  }
  function end(): void {
    over = true;
    clearInterval(timer);
    away();
  }
  function unlessFailed(step: () => void): void {
    try {
      step();
    } catch (cause) {
      end();
      options.failed(cause);
    }
  }
  const timer = setInterval(() => unlessFailed(catchUp), frameMs);

  return {
    stop() {
      if (over) return;
      end();
      unlessFailed(() => {
        catchUp();
        keep();
      });
    },
  };
}
