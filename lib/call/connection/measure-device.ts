import type { ConnectionFigures } from "@/lib/kernel/connection";

export type DeviceFigures = Pick<ConnectionFigures, "framesPerSecond" | "frameMs" | "lateMs">;
const unmeasured: DeviceFigures = { framesPerSecond: null, frameMs: null, lateMs: null };

/** The call's own picture: what a camera of ours sends. */
const picture = { width: 960, height: 540, perSecond: 15 } as const;
/** Encoder and decoder begin in their own time: what counts is what comes after. */
const warmUpMs = 700;
const measureMs = 2_500;
const tickMs = 50;

type Counted = { framesDecoded: number; encodeMs: number; decodeMs: number; framesEncoded: number };

/**
 * How quick this device is at what a call asks of it: a moving picture of the call's size goes through its encoder and its decoder, from one end of the page
 * to the other and nowhere else, while the page's timers say how late the page itself comes. Three seconds; asks for no camera.
 */
export async function measureDevice(signal: AbortSignal): Promise<DeviceFigures> {
  if (!("captureStream" in HTMLCanvasElement.prototype) || typeof RTCPeerConnection === "undefined")
    return unmeasured;
  const open: { close(): void }[] = [];
  const opened = <T extends { close(): void }>(one: T): T => {
    open.push(one);
    return one;
  };
  try {
    const card = opened(moving());
    const from = opened(new RTCPeerConnection());
    const to = opened(new RTCPeerConnection());
    await connect(from, to, card.stream);
    await pause(warmUpMs, signal);
    const [before, beganMs] = [await count(from, to), performance.now()];
    const late = await lateness(measureMs, signal);
    const [after, tookMs] = [await count(from, to), performance.now() - beganMs];
    return rate(before, after, tookMs, late);
  } catch (cause) {
    // A browser may lack an encoder or forbid connections, which it says by a DOMException: then this is not known, and the rest of the check is.
    if (cause === signal.reason || cause instanceof DOMException) return unmeasured;
    throw cause;
  } finally {
    for (const one of open) one.close();
  }
}

/** @param lateMs of each tick. Exported for its test. */
export function rate(
  before: Counted,
  after: Counted,
  tookMs: number,
  lateMs: readonly number[],
): DeviceFigures {
  const encoded = after.framesEncoded - before.framesEncoded;
  const decoded = after.framesDecoded - before.framesDecoded;
  const each = (ms: number, frames: number) => (frames > 0 ? ms / frames : 0);
  const sorted = [...lateMs].sort((a, b) => a - b);
  const ninth = sorted[Math.floor(sorted.length * 0.9)];
  const tenth = (value: number) => Math.round(value * 10) / 10;
  return {
    framesPerSecond: tenth((decoded * 1000) / tookMs),
    // Without a single picture there is nothing to divide; that there was none is told by the pictures in a second.
    frameMs:
      encoded > 0 && decoded > 0
        ? tenth(
            each(after.encodeMs - before.encodeMs, encoded) + each(after.decodeMs - before.decodeMs, decoded),
          )
        : null,
    lateMs: ninth === undefined ? null : Math.round(ninth),
  };
}

/** A picture in which much moves, as a face and a room do: an encoder has little work with a still one. */
function moving(): { stream: MediaStream; close(): void } {
  const canvas = Object.assign(document.createElement("canvas"), {
    width: picture.width,
    height: picture.height,
  });
  const pen = canvas.getContext("2d");
  let turn = 0;
  const draw = () => {
    if (!pen) return;
    turn += 1;
    for (let row = 0; row < 9; row += 1)
      for (let column = 0; column < 16; column += 1) {
        pen.fillStyle = `hsl(${(row * 37 + column * 61 + turn * 5) % 360} 60% ${35 + ((row + column + turn) % 5) * 8}%)`;
        pen.fillRect(column * 60 + ((turn * 3) % 60) - 30, row * 60, 60, 60);
      }
  };
  draw();
  const timer = setInterval(draw, 1000 / picture.perSecond);
  // Each drawing is one picture. Asked for a rate as well, Firefox keeps two clocks, and what falls between them is lost: 10 of 15.
  const stream = canvas.captureStream();
  return {
    stream,
    close() {
      clearInterval(timer);
      for (const track of stream.getTracks()) track.stop();
    },
  };
}

async function connect(from: RTCPeerConnection, to: RTCPeerConnection, stream: MediaStream): Promise<void> {
  const hand = (other: RTCPeerConnection) => (event: RTCPeerConnectionIceEvent) => {
    // One that has closed takes none any more.
    if (event.candidate && other.signalingState !== "closed") void other.addIceCandidate(event.candidate);
  };
  from.onicecandidate = hand(to);
  to.onicecandidate = hand(from);
  for (const track of stream.getTracks()) from.addTrack(track, stream);
  await from.setLocalDescription(await from.createOffer());
  await to.setRemoteDescription(from.localDescription as RTCSessionDescription);
  await to.setLocalDescription(await to.createAnswer());
  await from.setRemoteDescription(to.localDescription as RTCSessionDescription);
}

async function count(from: RTCPeerConnection, to: RTCPeerConnection): Promise<Counted> {
  const counted = { framesEncoded: 0, framesDecoded: 0, encodeMs: 0, decodeMs: 0 };
  for (const stat of [...(await from.getStats()).values(), ...(await to.getStats()).values()]) {
    counted.framesEncoded += stat.framesEncoded ?? 0;
    counted.framesDecoded += stat.framesDecoded ?? 0;
    counted.encodeMs += (stat.totalEncodeTime ?? 0) * 1000;
    counted.decodeMs += (stat.totalDecodeTime ?? 0) * 1000;
  }
  return counted;
}

/** How late each tick of a timer came, for so long. */
async function lateness(forMs: number, signal: AbortSignal): Promise<number[]> {
  const late: number[] = [];
  const endsAt = performance.now() + forMs;
  while (performance.now() < endsAt) {
    const due = performance.now() + tickMs;
    await pause(tickMs, signal);
    late.push(Math.max(0, performance.now() - due));
  }
  return late;
}

/** Rejects as soon as the signal says so. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal.addEventListener("abort", stop, { once: true });
  });
}
