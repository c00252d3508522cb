import { Encoder } from "@evan/opus";
import { sum } from "../chime/room/mixer";
import type { Listen } from "../chime/room/room";
import { Voice } from "../chime/room/voice";
import { writeMp4 } from "./mp4";

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
 * Everybody who speaks in a meeting, mixed, as MP4 files of at most five seconds. It takes nobody's place in the meeting.
 *
 * @param put keeps the next file, which began so many milliseconds after the capture did. What it throws ends the capture, by `failed`.
 */
export function openCapture(options: {
  listen: Listen;
  put: (file: Buffer, startedMs: number) => void;
  failed: (cause: unknown) => void;
  now: () => number;
}): Capture {
  const { now } = options;
  const voices = new Map<string, Voice>();
  const encoder = new Encoder({ channels: 1, sample_rate: 48000, application: "voip" });
  encoder.bitrate = bitrate;
  let packets: Buffer[] = [];
  let frames = 0;
  let nextAtMs = now() + frameMs;
  let over = false;

  const deaf = options.listen((attendeeId, packet) => {
    let voice = voices.get(attendeeId);
    if (!voice) {
      voice = new Voice();
      voices.set(attendeeId, voice);
    }
    voice.push(packet);
  });

  function frame(): void {
    const heard = [...voices.values()].flatMap((voice) => voice.take() ?? []);
    packets.push(Buffer.from(encoder.encode(heard.length > 0 ? sum(heard) : new Int16Array(frameSamples))));
    frames += 1;
    if (packets.length >= pieceFrames) keep();
  }
  function keep(): void {
    if (packets.length === 0) return;
    options.put(writeMp4(packets), (frames - packets.length) * frameMs);
    packets = [];
  }
  function catchUp(): void {
    if (now() - nextAtMs > sleptMs) nextAtMs = now();
    for (; now() >= nextAtMs; nextAtMs += frameMs) frame();
  }
  function end(): void {
    over = true;
    clearInterval(timer);
    deaf();
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
