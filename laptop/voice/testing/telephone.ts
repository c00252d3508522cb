import { createSocket } from "node:dgram";
import { once } from "node:events";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { ear, play } from "../../chime/testing/tone";
import { openRtpSession } from "../media/rtp-session";
import {
  type Headers,
  header,
  headerList,
  openFraming,
  readAddress,
  readMessage,
  type SipRequest,
  type SipResponse,
  writeMessage,
} from "../sip/message";
import { readSdp, writeSdp } from "../sip/sdp";

const host = "127.0.0.1";

export type Telephone = Awaited<ReturnType<typeof startTelephone>>;
type Behaviour = (phone: Telephone, request: SipRequest) => void;

/** Rings, answers, and lets itself be hung up on. */
export const politely: Behaviour = (phone, request) => {
  if (request.method === "INVITE") {
    phone.answer(request, 100);
    phone.answer(request, 180);
    phone.pickUp(request);
  } else if (request.method !== "ACK") phone.answer(request, 200);
};

/** Rings for ever, and minds a CANCEL. */
export const ringing: Behaviour = (phone, request) => {
  if (request.method === "INVITE") phone.answer(request, 180);
  else if (request.method === "CANCEL") {
    phone.answer(request, 200);
    const invite = phone.got("INVITE").at(-1);
    if (invite) phone.answer(invite, 487);
  } else if (request.method !== "ACK") phone.answer(request, 200);
};

/** A far side of a trunk for tests: one telephone, which need not behave. No transactions of its own: every message it sends is sent once. */
export async function startTelephone(
  options: {
    transport?: "udp" | "tcp" | "tls";
    identity?: { cert: string; key: string };
    behave?: Behaviour;
  } = {},
) {
  const { transport = "udp" } = options;
  const media = await openRtpSession({ host, secure: transport === "tls" });
  const requests: SipRequest[] = [];
  const responses: SipResponse[] = [];
  let behave = options.behave ?? politely;
  let write: (bytes: Buffer) => void = () => {};
  let invite: SipRequest | null = null;
  let tag = "desk";
  let cseq = 100;
  let version = 1;
  const keys: string[] = [];
  media.onKey((key) => keys.push(key));
  const heard = ear((hear) => media.onSound(hear));

  function take(bytes: Buffer, answer: (bytes: Buffer) => void): void {
    const message = readMessage(bytes);
    if (!message) return;
    write = answer;
    if (message.kind === "response") return void responses.push(message);
    requests.push(message);
    if (message.method === "INVITE") {
      invite = message;
      const remote = readSdp(message.body, transport === "tls");
      if (remote) media.connect(remote);
    }
    behave(phone, message);
  }
  const closing: Array<() => void> = [];
  async function listen(): Promise<number> {
    if (transport === "udp") {
      const socket = createSocket("udp4").bind(0, host);
      await once(socket, "listening");
      socket.on("message", (bytes, from) =>
        take(bytes, (answer) => socket.send(answer, from.port, from.address)),
      );
      closing.push(() => socket.close());
      return socket.address().port;
    }
    const sockets = new Set<Socket>();
    const onSocket = (socket: Socket) => {
      sockets.add(socket);
      const push = openFraming(
        (bytes) => take(bytes, (answer) => socket.write(answer)),
        () => {},
      );
      socket.on("data", (chunk: Buffer) => void push(chunk));
      socket.on("error", () => {});
    };
    const server =
      transport === "tcp" ? createTcpServer(onSocket) : createTlsServer(options.identity ?? {}, onSocket);
    server.listen(0, host);
    await once(server, "listening");
    closing.push(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    return (server.address() as AddressInfo).port;
  }

  const port = await listen();
  const sdp = () =>
    writeSdp({ address: host, port: media.port, key: media.key, sessionId: 5, version: version++ });
  const contact = ["contact", `<sip:desk@${host}:${port}>`] as const;
  const phone = {
    port,
    media,
    keys,
    /** Our ear at the telephone. */
    share: heard.share,
    speak: (hz: number) => play(hz, media.write),
    got: (method: string) => requests.filter((request) => request.method === method),
    responses,
    behave(next: Behaviour) {
      behave = next;
    },
    answer(request: SipRequest, status: number, more: Headers = [], body = "") {
      const to = header(request, "to") ?? "";
      const kept = ["via", "from", "call-id", "cseq", "record-route"];
      const bytes = writeMessage({
        kind: "response",
        status,
        reason: "Test",
        headers: [
          ...request.headers.filter(([name]) => kept.includes(name)),
          ["to", status === 100 || readAddress(to)?.tag ? to : `${to};tag=${tag}`],
          ...more,
        ],
        body,
      });
      write(bytes);
    },
    pickUp(request: SipRequest, as = "desk") {
      tag = as;
      phone.answer(request, 200, [contact, ["content-type", "application/sdp"]], sdp());
    },
    /** A request within the call, or one that somebody forged. */
    ask(method: string, more: { body?: string; type?: string; tag?: string; cseq?: number } = {}) {
      if (!invite) throw new Error("nobody called");
      cseq = more.cseq ?? cseq + 1;
      write(
        writeMessage({
          kind: "request",
          method,
          uri: readAddress(headerList(invite, "contact")[0])?.uri ?? "",
          headers: [
            [
              "via",
              `SIP/2.0/${transport.toUpperCase()} ${host}:${port};branch=z9hG4bK${method}${cseq};rport`,
            ],
            ["from", `${header(invite, "to")};tag=${more.tag ?? tag}`],
            ["to", header(invite, "from") ?? ""],
            ["call-id", header(invite, "call-id") ?? ""],
            ["cseq", `${cseq} ${method}`],
            ["max-forwards", "70"],
            ...(more.body === undefined ? [] : [["content-type", more.type ?? "application/sdp"] as const]),
          ],
          body: more.body ?? "",
        }),
      );
    },
    sdp,
    raw: (bytes: Buffer) => write(bytes),
    close() {
      media.close();
      for (const close of closing) close();
    },
  };
  return phone;
}
