import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { Budget } from "../../chime/signaling/budget";
import { openFraming, readMessage, type SipMessage } from "./message";

/** Where the calls go out: a Voice Connector's far side. */
export type Trunk = {
  host: string;
  port: number;
  transport: "udp" | "tcp" | "tls";
  /** For a trunk that asks who we are. */
  login: { user: string; password: string } | null;
  /** PEM, when its certificate is not of a public authority. */
  ca: string | null;
};

export type Hop = { host: string; port: number };
export type Received = { message: SipMessage; from: Hop; reply: (bytes: Buffer) => void };

export type SipTransport = {
  readonly reliable: boolean;
  /** Where the far side reaches us. */
  local(): Hop;
  /** Rejects when the trunk cannot be reached; a datagram always sets out. */
  ready(): Promise<void>;
  send(bytes: Buffer, to: Hop): void;
  close(): void;
};

/** No trunk has more to say; what comes beyond is left out unread, and asked again by who meant it. */
const messagesPerSecond = 500;
const messagesBurst = 1_000;
const connectWithinMs = 5_000;
/** Bytes. */
const backlogMax = 1 << 20;

export type Handlers = {
  onMessage: (received: Received) => void;
  /** A stream broke, or never came to be: what was on its way is lost. */
  onBroken: () => void;
  now: () => number;
};

/** @returns once it listens (UDP); a stream is opened by the first message. */
export async function openTransport(trunk: Trunk, host: string, handlers: Handlers): Promise<SipTransport> {
  return trunk.transport === "udp" ? openDatagrams(host, handlers) : openStream(trunk, host, handlers);
}

type Take = (bytes: Buffer, from: Hop, reply: (bytes: Buffer) => void) => void;

function taker(handlers: Handlers): Take {
  const budget = new Budget(messagesPerSecond, messagesBurst, handlers.now);
  return (bytes, from, reply) => {
    const message = budget.take() ? readMessage(bytes) : null;
    if (message) handlers.onMessage({ message, from, reply });
  };
}

/** Any port of this address. @returns once it listens. */
export async function openDatagrams(host: string, handlers: Handlers): Promise<SipTransport> {
  const take = taker(handlers);
  const socket = createSocket("udp4");
  socket.bind(0, host);
  await once(socket, "listening");
  const send = (bytes: Buffer, to: Hop) => socket.send(bytes, to.port, to.host, () => {});
  socket.on("error", () => {}); // a datagram that cannot be sent is one that was lost: timers tell
  socket.on("message", (bytes, { address, port }) => {
    const from = { host: address, port };
    take(bytes, from, (answer) => send(answer, from));
  });
  const { port } = socket.address();
  return {
    reliable: false,
    local: () => ({ host, port }),
    ready: async () => {},
    send,
    close: () => socket.close(),
  };
}

/** One connection to the trunk, opened again when it is needed; both sides' requests travel on it (RFC 5923). */
function openStream(trunk: Trunk, host: string, handlers: Handlers): SipTransport {
  const take = taker(handlers);
  let socket: Socket | null = null;
  let opening: Promise<void> = Promise.resolve();
  let closed = false;

  function open(): Socket {
    const options = { host: trunk.host, port: trunk.port };
    const opened =
      trunk.transport === "tls"
        ? connectTls({ ...options, ...(trunk.ca ? { ca: trunk.ca } : {}), minVersion: "TLSv1.2" })
        : connectTcp(options);
    const push = openFraming(
      (bytes) => take(bytes, { host: trunk.host, port: trunk.port }, (answer) => opened.write(answer)),
      () => opened.write("\r\n"),
    );
    opened.setNoDelay(true);
    opened.setTimeout(connectWithinMs, () => opened.destroy());
    opening = new Promise((ready, failed) => {
      opened.once(trunk.transport === "tls" ? "secureConnect" : "connect", () => {
        opened.setTimeout(0);
        ready();
      });
      opened.once("close", () => failed(new Error("The trunk cannot be reached")));
    });
    opening.catch(() => {}); // told to whoever asks
    opened.on("data", (chunk: Buffer) => {
      if (push(chunk) === "broken") opened.destroy();
    });
    opened.on("error", () => {}); // `close` follows
    opened.on("close", () => {
      if (socket === opened) socket = null;
      if (!closed) handlers.onBroken();
    });
    return opened;
  }

  return {
    reliable: true,
    local: () => ({ host: socket?.localAddress ?? host, port: socket?.localPort ?? trunk.port }),
    ready() {
      socket ??= open();
      return opening;
    },
    send(bytes) {
      if (closed) return;
      socket ??= open();
      if (socket.writableLength > backlogMax) socket.destroy();
      else socket.write(bytes);
    },
    close() {
      closed = true;
      socket?.destroy();
    },
  };
}
