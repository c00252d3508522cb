import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { Registry } from "../control/registry";
import type { JoinTokens } from "../join-token";
import { Peer } from "../room/peer";
import type { Room } from "../room/room";
import { type Frame, frameType } from "./frame";
import { type Signal, wrapSocket } from "./socket";

/** The first sub-protocol is the protocol, the second the credential: only the first is echoed. */
const subProtocol = "_aws_wt_session";
const contentSuffix = "#content";
/** An offer with 25 received videos is about 100 kB. Bytes. */
const messageMaxBytes = 256 * 1024;
/** Sockets that have not joined yet. */
const strangersMax = 256;
const joinWithinMs = 10_000;
/** Close code that the SDK reads as "the meeting has ended", while it joins. */
const meetingEnded = 4410;
const refusedStatus = { forbidden: 403, full: 409 } as const;

/**
 * The door of the media plane, `/control/<meetingId>`. Any page may knock: what counts is the JoinToken.
 * A bad token is accepted first and refused in the answer to JOIN: a refused upgrade would make the SDK try again for two minutes.
 */
export function openDoor(options: {
  tokens: JoinTokens;
  registry: Registry;
  roomOf: (meetingId: string) => Room;
  now: () => number;
  log: (line: object) => void;
}) {
  const { tokens, registry } = options;
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: messageMaxBytes,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(subProtocol) ? subProtocol : false),
  });
  const strangers = new Set<WebSocket>();
  server.on("wsClientError", (_error, socket) => socket.destroy());

  function welcome(socket: WebSocket, meetingId: string, credential: string): void {
    strangers.add(socket);
    const deadline = setTimeout(() => socket.terminate(), joinWithinMs);
    let seat: { room: Room; peer: Peer } | null = null;
    const signal = wrapSocket(socket, {
      now: options.now,
      log: options.log,
      onFrame(frame) {
        if (seat) return seat.room.onFrame(seat.peer, frame);
        if (frame.type === frameType.LEAVE) return signal.send(frameType.LEAVE_ACK, { leaveAck: {} });
        if (frame.type !== frameType.JOIN) return;
        seat = admit(frame, meetingId, credential, signal);
        if (!seat) return;
        clearTimeout(deadline);
        strangers.delete(socket);
        seat.room.join(seat.peer);
      },
      onClose() {
        clearTimeout(deadline);
        strangers.delete(socket);
        seat?.room.onClose(seat.peer);
      },
    });
  }

  function refuse(signal: Signal, status: number): null {
    signal.send(frameType.JOIN_ACK, { error: { status }, joinack: {} });
    signal.expectGoodbye();
    return null;
  }

  function admit({ join }: Frame, meetingId: string, credential: string, signal: Signal) {
    const content = credential.endsWith(contentSuffix);
    const claims = tokens.read(content ? credential.slice(0, -contentSuffix.length) : credential);
    if (!claims || claims.meetingId !== meetingId) return refuse(signal, refusedStatus.forbidden);
    const admitted = registry.admit(claims);
    if (admitted === "removed") return refuse(signal, refusedStatus.forbidden);
    if (admitted === "ended") {
      signal.close(meetingEnded);
      return null;
    }
    const room = options.roomOf(meetingId);
    if (room.isFullFor(claims.attendeeId)) return refuse(signal, refusedStatus.full);
    return {
      room,
      peer: new Peer(room, admitted.attendee, content, String(join?.audioSessionId ?? ""), signal),
    };
  }

  return {
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
      socket.on("error", () => socket.destroy());
      const [path] = (request.url ?? "").split("?", 1);
      const meetingId = /^\/control\/([\w-]{1,64})$/.exec(path ?? "")?.[1];
      if (!meetingId || strangers.size >= strangersMax) {
        socket.end(
          `HTTP/1.1 ${meetingId ? "503 Service Unavailable" : "404 Not Found"}\r\nConnection: close\r\n\r\n`,
        );
        return;
      }
      const offered = (request.headers["sec-websocket-protocol"] ?? "").split(",").map((name) => name.trim());
      server.handleUpgrade(request, socket, head, (websocket) =>
        welcome(websocket, meetingId, offered[1] ?? ""),
      );
    },
    close(): void {
      for (const socket of strangers) socket.terminate();
      server.close();
    },
  };
}
