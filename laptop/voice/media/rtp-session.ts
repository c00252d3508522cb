import { randomBytes } from "node:crypto";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { rtpHeaderLength, writeRtpHeader } from "../../chime/rtp/packet";
import { masterKeyLength, profiles } from "../../chime/srtp/derive-keys";
import { ReplayWindow } from "../../chime/srtp/replay-window";
import { Srtp } from "../../chime/srtp/srtp";
import { decodeG711, encodeG711, type Law } from "./g711";
import { JitterBuffer } from "./jitter-buffer";
import { downsampler, upsampler } from "./resample";
import { keyListener, keys, writeKeyEvent } from "./telephone-event";

const frameMs = 20;
const samplesPerFrame = 160;
const samplesPerMs = 8;
/** As in `openLine`: who writes faster than the clock is cut down to it. Samples of 8 kHz. */
const aheadMax = 200 * samplesPerMs;
const behindMax = 60 * samplesPerMs;
const sleptMs = 200;
/** The end of a key press is said three times: one of them arrives. */
const endsOfKey = 3;
const betweenKeysMs = 100;
const keysMax = 50;
/** A frame that was lost sounds like the one before it, softer; then silence. */
const fadeTo = 0.5;

/** Master key and salt of AES_CM_128_HMAC_SHA1_80, as SDES carries them (RFC 4568). 30 bytes. */
type MediaKey = Buffer;

/** Where the other side wants its sound, and how. */
export type RemoteMedia = {
  address: string;
  port: number;
  law: Law;
  payloadType: number;
  /** Of telephone-event; null where it reads none. */
  keyType: number | null;
  /** False while we are on hold. */
  wantsSound: boolean;
  key: MediaKey | null;
};

/** Sound to and from one telephone, as 48 kHz frames of 20 ms (960 samples). */
export type RtpSession = {
  readonly port: number;
  /** Ours, for what we send; null without SRTP. */
  readonly key: MediaKey | null;
  /** Once it is known, and again whenever the other side moves, holds or resumes. */
  connect(remote: RemoteMedia): void;
  write(frame: Int16Array): void;
  /** Every 20 ms, silence included. The last one to ask is told. */
  onSound(hear: (frame: Int16Array) => void): void;
  onKey(pressed: (key: string) => void): void;
  /** False, and nothing is sent, when the other side reads no keys, or these are none. `done` when the last was sent. */
  sendKeys(pressed: string, toneMs: number, done: () => void): boolean;
  close(): void;
};

type Press = { key: string; toneMs: number; timestamp: number; elapsedMs: number; endsLeft: number };

/** @param secure true: SRTP both ways, and nothing before the other side's key is known. */
export async function openRtpSession(options: {
  host: string;
  secure: boolean;
  now?: () => number;
}): Promise<RtpSession> {
  const now = options.now ?? (() => performance.now());
  const socket = createSocket("udp4");
  socket.on("error", () => {}); // a packet that cannot be sent is one that was lost
  socket.bind(0, options.host);
  await once(socket, "listening");
  const key = options.secure ? randomBytes(30) : null;
  const ssrc = randomBytes(4).readUInt32BE();
  const startMs = now();
  const startTimestamp = randomBytes(4).readUInt32BE();
  const [down, up] = [downsampler(), upsampler()];

  let closed = false;
  let remote: RemoteMedia | null = null;
  let srtp: Srtp | null = null;
  let hear: (frame: Int16Array) => void = () => {};
  let pressed: (key: string) => void = () => {};
  const heardKey = keyListener((one) => pressed(one));
  const presses: Press[] = [];
  let allSent: Array<() => void> = [];

  // What we send

  let index = randomBytes(2).readUInt16BE() & 0x7fff;
  let timestamp = startTimestamp;
  const clock = () => (startTimestamp + Math.round((now() - startMs) * samplesPerMs)) >>> 0;

  function send(payloadType: number, payload: Buffer, at: number, marker: boolean): void {
    if (closed || !remote || (key && !srtp)) return;
    index += 1;
    const header = writeRtpHeader(
      { ssrc, payloadType, mid: null },
      { index, timestamp: at, marker, padding: false },
    );
    const packet = srtp ? srtp.sealRtp(header, payload, ssrc, index) : Buffer.concat([header, payload]);
    socket.send(packet, remote.port, remote.address, () => {});
  }

  function write(frame: Int16Array): void {
    const sound = down(frame); // also when it is not sent, so that what follows has no seam
    const ahead = (timestamp - clock()) | 0;
    if (!remote?.wantsSound || presses.length > 0 || ahead > aheadMax) return;
    const paused = ahead < -behindMax;
    timestamp = paused ? clock() : (timestamp + samplesPerFrame) >>> 0;
    send(remote.payloadType, encodeG711(remote.law, sound), timestamp, paused);
  }

  function sendPress(press: Press): void {
    if (remote?.keyType == null) return void presses.shift();
    const first = press.elapsedMs === 0;
    if (first) {
      timestamp = clock();
      press.timestamp = timestamp;
    }
    const over = press.elapsedMs >= press.toneMs;
    if (over && press.endsLeft === 0) {
      press.elapsedMs += frameMs;
      if (press.elapsedMs < press.toneMs + betweenKeysMs) return;
      presses.shift();
      if (presses.length > 0) return;
      for (const done of allSent.splice(0)) done();
      return;
    }
    if (over) press.endsLeft -= 1;
    press.elapsedMs += over ? 0 : frameMs;
    const event = { key: press.key, ended: over, duration: press.elapsedMs * samplesPerMs };
    send(remote.keyType, writeKeyEvent(event), press.timestamp, first);
  }

  // What we hear

  let jitter = new JitterBuffer<Int16Array>();
  let heardSsrc: number | null = null;
  let window = new ReplayWindow();
  let last: Int16Array | null = null;

  socket.on("message", (bytes, from) => {
    const length = rtpHeaderLength(bytes);
    if (!remote || from.address !== remote.address || length < 0) return;
    const [type, sequence, source] = [bytes[1]! & 0x7f, bytes.readUInt16BE(2), bytes.readUInt32BE(8)];
    const opened = key ? srtp?.openRtp(bytes, length, source, sequence) : { payload: bytes.subarray(length) };
    if (!opened) return;
    if (type === remote.keyType) return heardKey(bytes.readUInt32BE(4), opened.payload);
    if (type !== remote.payloadType || opened.payload.length > samplesPerFrame * 6) return;
    if (source !== heardSsrc) {
      heardSsrc = source;
      jitter = new JitterBuffer();
      window = new ReplayWindow();
    }
    const place = window.estimate(sequence);
    if (!window.admits(place)) return;
    window.take(place);
    jitter.push(place, decodeG711(remote.law, opened.payload));
  });

  /** What has come and was not yet heard: packets need not be 20 ms long. */
  let waiting = new Int16Array(0);
  function nextSound(): Int16Array {
    while (waiting.length < samplesPerFrame) {
      const packet = jitter.take();
      if (packet === null) break;
      last =
        packet === "lost"
          ? (last ?? new Int16Array(samplesPerFrame)).map((sample) => sample * fadeTo)
          : packet;
      const joined = new Int16Array(waiting.length + last.length);
      joined.set(waiting);
      joined.set(last, waiting.length);
      waiting = joined;
    }
    const frame = new Int16Array(samplesPerFrame);
    frame.set(waiting.subarray(0, samplesPerFrame));
    waiting = waiting.slice(samplesPerFrame);
    return frame;
  }

  let nextAtMs = now() + frameMs;
  const timer = setInterval(() => {
    if (now() - nextAtMs > sleptMs) nextAtMs = now();
    for (; now() >= nextAtMs; nextAtMs += frameMs) {
      const [press] = presses;
      if (press) sendPress(press);
      hear(up(nextSound()));
    }
  }, frameMs / 2);

  return {
    port: socket.address().port,
    key,
    connect(given) {
      const changed = given.key && !remote?.key?.equals(given.key);
      remote = given;
      if (key && given.key && changed) srtp = srtpOf(key, given.key);
    },
    write,
    onSound(given) {
      hear = given;
    },
    onKey(given) {
      pressed = given;
    },
    sendKeys(text, toneMs, done) {
      const readable = remote?.keyType != null && text.length > 0 && presses.length + text.length <= keysMax;
      if (!readable || [...text].some((one) => !keys.includes(one))) return false;
      for (const one of text)
        presses.push({ key: one, toneMs, timestamp: 0, elapsedMs: 0, endsLeft: endsOfKey });
      allSent.push(done);
      return true;
    },
    close() {
      if (closed) return;
      closed = true;
      clearInterval(timer);
      allSent = [];
      socket.close();
    },
  };
}

function srtpOf(ours: MediaKey, theirs: MediaKey): Srtp {
  return new Srtp(profiles.counterMode, {
    localKey: ours.subarray(0, masterKeyLength),
    localSalt: ours.subarray(masterKeyLength),
    remoteKey: theirs.subarray(0, masterKeyLength),
    remoteSalt: theirs.subarray(masterKeyLength),
  });
}
