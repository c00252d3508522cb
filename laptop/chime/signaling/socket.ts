import type { RawData, WebSocket } from "ws";
import { Budget } from "./budget";
import { decodeFrame, encodeFrame, type Frame, type FrameFields, frameType, pingPongType } from "./frame";

/** An SDK sends a few frames a second, and a burst when it joins. */
const framesPerSecond = 100;
const framesBurst = 400;
/** A client that does not read what it is sent is cut off rather than remembered without end. Bytes. */
const backlogMaxBytes = 2 << 20;
/** How long a client may take to go after it was told to. */
const goodbyeMs = 5_000;

export type Signal = {
  send(type: number, fields: FrameFields): void;
  /** One encoded frame for several clients. */
  sendEncoded(bytes: Buffer): void;
  close(code: number): void;
  /** As if the network had broken: an SDK in a call reconnects. */
  terminate(): void;
  /** The client has been told to leave: it may say LEAVE, and is then gone. */
  expectGoodbye(): void;
};

/**
 * One client's signaling. Frames that are none end the connection, and so does a flood; whatever a handler throws is logged and
 * ends only this connection.
 */
export function wrapSocket(
  socket: WebSocket,
  options: {
    now: () => number;
    log: (line: object) => void;
    onFrame: (frame: Frame) => void;
    onClose: () => void;
  },
): Signal {
  const budget = new Budget(framesPerSecond, framesBurst, options.now);
  let goodbye: NodeJS.Timeout | null = null;

  socket.on("message", (data: RawData, isBinary) => {
    const frame = isBinary && budget.take() ? decodeFrame(data as Buffer) : null;
    if (!frame) return socket.terminate();
    try {
      if (frame.type === frameType.PING_PONG) return pong(frame);
      options.onFrame(frame);
    } catch (error) {
      options.log({
        level: "error",
        chime: "signaling",
        fault: error instanceof Error ? error.stack : String(error),
      });
      socket.terminate();
    }
  });
  socket.on("error", () => socket.terminate()); // a broken or oversized message; `close` follows
  socket.on("close", () => {
    if (goodbye) clearTimeout(goodbye);
    options.onClose();
  });

  const signal: Signal = {
    send: (type, fields) => signal.sendEncoded(encodeFrame(type, fields, options.now())),
    sendEncoded(bytes) {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > backlogMaxBytes) socket.terminate();
      else socket.send(bytes);
    },
    close: (code) => socket.close(code),
    terminate: () => socket.terminate(),
    expectGoodbye() {
      goodbye ??= setTimeout(() => socket.terminate(), goodbyeMs);
    },
  };

  function pong({ pingPong }: Frame): void {
    if (pingPong?.type === pingPongType.PING)
      signal.send(frameType.PING_PONG, { pingPong: { type: pingPongType.PONG, pingId: pingPong.pingId } });
  }
  return signal;
}
