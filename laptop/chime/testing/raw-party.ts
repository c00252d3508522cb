import { readFileSync } from "node:fs";
import path from "node:path";
import { WebSocket } from "ws";
import { decodeFrame, encodeFrame, type Frame, type FrameFields, frameType } from "../signaling/frame";

const recordedOffer = (name: string) =>
  readFileSync(path.join(import.meta.dirname, "../fixtures", `offer-${name}.sdp`), "utf8");

/** Somebody who speaks the protocol without the SDK, and need not be honest. */
export async function rawParty(signalingUrl: string, joinToken: string) {
  const socket = new WebSocket(`${signalingUrl}?X-Chime-Control-Protocol-Version=3`, [
    "_aws_wt_session",
    joinToken,
  ]);
  const frames: Frame[] = [];
  const waiting = new Set<() => void>();
  let closed: number | null = null;
  const wake = () => {
    for (const look of waiting) look();
  };
  socket.on("message", (data) => {
    const frame = decodeFrame(data as Buffer);
    if (frame) frames.push(frame);
    wake();
  });
  socket.on("close", (code) => {
    closed = code;
    wake();
  });
  socket.on("error", () => {}); // `close` follows, and tells
  await new Promise<void>((opened, failed) => {
    socket.once("open", opened);
    socket.once("error", failed);
  });

  function until<T>(look: () => T | undefined | null | false): Promise<T> {
    return new Promise((resolve) => {
      const again = () => {
        const found = look();
        if (!found) return;
        waiting.delete(again);
        resolve(found);
      };
      waiting.add(again);
      again();
    });
  }
  let pings = 0;
  return {
    socket,
    frames,
    send: (type: number, fields: FrameFields) => socket.send(encodeFrame(type, fields, Date.now())),
    join(sessionId = 1) {
      const join = { protocolVersion: 2, flags: 2, audioSessionId: sessionId };
      socket.send(encodeFrame(frameType.JOIN, { join }, Date.now()));
      return until(() => frames.find(({ type }) => type === frameType.JOIN_ACK));
    },
    subscribe(offer: string, more: { camera?: boolean; receive?: number[]; fingerprint?: string } = {}) {
      const seen = frames.length;
      const sendStreams = more.camera
        ? [{ streamId: 2, mediaType: 2, maxBitrateKbps: 1500, framerate: 15 }]
        : [];
      const sub = {
        duplex: 3,
        sendStreams,
        receiveStreamIds: more.receive ?? [0],
        sdpOffer: more.fingerprint
          ? recordedOffer(offer).replaceAll(/(?<=a=fingerprint:sha-256 )\S+/g, more.fingerprint)
          : recordedOffer(offer),
      };
      socket.send(encodeFrame(frameType.SUBSCRIBE, { sub }, Date.now()));
      return until(() => frames.slice(seen).find(({ type }) => type === frameType.SUBSCRIBE_ACK)?.suback);
    },
    next: (type: number) => until(() => frames.find((frame) => frame.type === type)),
    until,
    /** Resolves when the server has dealt with everything sent so far. */
    async settled() {
      const pingId = ++pings;
      socket.send(encodeFrame(frameType.PING_PONG, { pingPong: { type: 1, pingId } }, Date.now()));
      await until(() => frames.some(({ pingPong }) => Number(pingPong?.pingId) === pingId));
    },
    closed: () => until(() => closed !== null && { code: closed }),
  };
}
