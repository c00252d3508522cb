import { randomUUID } from "node:crypto";
import { Encoder } from "@evan/opus";
import { VendorError } from "../http/vendor-error";
import type { Attendee, Registry } from "./control/registry";
import type { JoinTokens } from "./join-token";
import { frameSamples } from "./room/audio-out";
import { Peer } from "./room/peer";
import type { Room } from "./room/room";
import { Voice } from "./room/voice";
import { silenceLevel } from "./rtp/packet";
import { frameType } from "./signaling/frame";
import type { Signal } from "./signaling/socket";
import type { Transport } from "./transport";

const frameMs = 20;
/** Of the numbers that an SDP would have settled: between us there is none. */
const opusType = 111;
const bitrate = 32_000;
/** Who writes faster than the clock is cut down to it: more than this ahead is left out. */
const aheadMaxMs = 200;
/** Who paused goes on at the time it is now. */
const behindMaxMs = 60;
/** After a sleep of this machine nothing is caught up with. */
const sleptMs = 200;

const silence = new Int16Array(frameSamples);

/** An attendee without a browser: something in this process that speaks in a meeting and listens to it. */
export type AudioLine = {
  readonly attendeeId: string;
  /** What it says: 960 samples, 20 ms, mono, 48 kHz. What comes faster than 200 ms ahead of the clock is left out. Throws `RangeError` for another size. */
  write(frame: Int16Array): void;
  /** Everything it may hear, without itself: such a frame every 20 ms, of silence where nobody speaks. The last one to ask is told. */
  onSound(hear: (frame: Int16Array) => void): void;
  /** Told once when it is over but by `close`: the meeting ended, the attendee was removed or joined elsewhere, the laptop stops. */
  onEnd(told: () => void): void;
  /** Leaves the meeting, as a person does who hangs up. */
  close(): void;
};

/** Minus dBov (RFC 6464), of a frame's mean power. */
function levelOf(frame: Int16Array): number {
  let power = 0;
  for (const sample of frame) power += sample * sample;
  const rms = Math.sqrt(power / frame.length) / 32768;
  return rms === 0 ? silenceLevel : Math.min(silenceLevel, Math.max(0, Math.round(-20 * Math.log10(rms))));
}

/** @returns what joins a meeting from within: the same checks as at the door. */
export function openLines(options: {
  tokens: JoinTokens;
  registry: Registry;
  roomOf: (meetingId: string) => Room;
  addAttendee: (
    meetingId: string,
    body: { ExternalUserId: string },
  ) => { Attendee: { AttendeeId: string; JoinToken: string } };
}) {
  const { tokens, registry } = options;
  return (meetingId: string, who: { externalUserId: string } | { joinToken: string }): AudioLine => {
    const joinToken =
      "joinToken" in who
        ? who.joinToken
        : options.addAttendee(meetingId, { ExternalUserId: who.externalUserId }).Attendee.JoinToken;
    const claims = tokens.read(joinToken);
    if (!claims || claims.meetingId !== meetingId) throw refused("The join token is not for this meeting");
    const admitted = registry.admit(claims);
    if (admitted === "ended" || admitted === "removed")
      throw refused(`The ${admitted === "ended" ? "meeting has ended" : "attendee was removed"}`);
    const room = options.roomOf(meetingId);
    if (room.isFullFor(claims.attendeeId)) throw refused("The meeting is full");
    return sitDown(room, admitted.attendee, randomUUID());
  };
}
const refused = (why: string) => new VendorError("ForbiddenException", why, 403, { Code: "Forbidden" });

/** Takes a seat in a room. What rights it has, who hears it and whom it hears is the room's to say, as for everybody. */
function sitDown(room: Room, attendee: Attendee, sessionId: string): AudioLine {
  const { now } = room.context;
  let hear: (frame: Int16Array) => void = () => {};
  let told: () => void = () => {};
  let over = false;

  function end(): void {
    if (over) return;
    over = true;
    told();
  }
  const signal: Signal = {
    send(type) {
      if (type === frameType.AUDIO_STATUS) end();
    },
    sendEncoded() {},
    close: end,
    terminate: end,
    expectGoodbye() {},
  };
  const peer = new Peer(room, attendee, false, sessionId, signal);
  peer.audioIn.payloadType = opusType;
  const ear = listen(
    now,
    () => {
      peer.heardAtMs = now();
    },
    (frame) => hear(frame),
  );
  const say = speak(now, (packet) => peer.onRtp(packet));

  room.join(peer);
  peer.transport = ear.transport;
  peer.heardAtMs = now();
  room.onReady(peer);
  return {
    attendeeId: attendee.attendeeId,
    write(frame) {
      if (frame.length !== frameSamples) throw new RangeError(`A frame has ${frameSamples} samples`);
      if (!over) {
        ear.transport.packets.in += 1;
        say(frame);
      }
    },
    onSound(given) {
      hear = given;
    },
    onEnd(given) {
      told = given;
    },
    close() {
      if (over) return;
      over = true;
      room.leave(peer);
    },
  };
}

/** What the room sends, decoded, on a clock of 20 ms. */
function listen(now: () => number, alive: () => void, hear: (frame: Int16Array) => void) {
  const voice = new Voice();
  let nextAtMs = now() + frameMs;
  const timer = setInterval(() => {
    alive();
    if (now() - nextAtMs > sleptMs) nextAtMs = now();
    for (; now() >= nextAtMs; nextAtMs += frameMs) hear(voice.take() ?? silence.slice());
  }, frameMs / 2);
  const transport: Transport = {
    ufrag: "",
    pwd: "",
    packets: { in: 0, out: 0 },
    ready: () => true,
    sendRtp(header, payload, ssrc, index) {
      transport.packets.out += 1;
      const padding = (header[0]! & 0x20) !== 0;
      const timestamp = header.readUInt32BE(4);
      const plain = { payloadType: opusType, marker: false, level: 0, layer: "" };
      voice.push({ ...plain, index, ssrc, timestamp, padding, payload });
    },
    sendRtcp() {}, // nothing gets lost on the way to us
    close: () => clearInterval(timer),
  };
  return { transport };
}

/** Frames into packets whose time follows the clock. */
function speak(now: () => number, send: (packet: Parameters<Peer["onRtp"]>[0]) => void) {
  const encoder = new Encoder({ channels: 1, sample_rate: 48000, application: "voip" });
  encoder.bitrate = bitrate;
  let index = 0;
  /** When the next frame is due, on our clock. */
  let dueMs = now();
  return (frame: Int16Array): void => {
    const aheadMs = dueMs - now();
    if (aheadMs > aheadMaxMs) return;
    if (aheadMs < -behindMaxMs) dueMs = now();
    index += 1;
    send({
      index,
      ssrc: 1,
      payloadType: opusType,
      marker: index === 1,
      padding: false,
      timestamp: Math.round(dueMs * 48) >>> 0,
      level: levelOf(frame),
      layer: "",
      payload: Buffer.from(encoder.encode(frame)),
    });
    dueMs += frameMs;
  };
}
