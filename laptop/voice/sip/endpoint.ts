import {
  type ClientTransaction,
  openClientTransaction,
  patience,
  standardTimers,
  type Timers,
} from "./client-transaction";
import { allow, type Leg, newToken, type Respond, type SipContext } from "./context";
import {
  type Headers,
  header,
  headerList,
  readAddress,
  readCseq,
  readVia,
  type SipRequest,
  type SipResponse,
  writeMessage,
} from "./message";
import { openServerTransactions } from "./server-transactions";
import type { Handlers, Hop, Received, SipTransport } from "./transport";

const legsMax = 200;

/** `tag` is ours in each answer to it. */
export type Invited = { invite: SipRequest; from: Hop; tag: string; respond: Respond };

/** Where SIP messages arrive, and find the call or the request that they are for (RFC 3261). */
export type SipEndpoint = {
  context: SipContext;
  hasRoom(): boolean;
  add(leg: Leg): void;
  /** Each call says goodbye. */
  close(): void;
};

/** @throws when it cannot listen. */
export async function openEndpoint(options: {
  open: (handlers: Handlers) => Promise<SipTransport>;
  transportName: "udp" | "tcp" | "tls";
  timers?: Timers;
  /** Somebody calls. Without it nobody may. */
  onInvite?: (invited: Invited) => void;
  log: (line: object) => void;
}): Promise<SipEndpoint> {
  const { log, transportName, onInvite } = options;
  const timers = options.timers ?? standardTimers;
  const now = () => performance.now();
  const legs = new Map<string, Leg>();
  const pending = new Map<string, ClientTransaction>();
  const served = openServerTransactions({ keepMs: patience * timers.t1, now });
  const transport = await options.open({
    now,
    onMessage(received) {
      try {
        take(received);
      } catch (error) {
        log({ level: "error", voice: "sip", fault: error instanceof Error ? error.stack : String(error) });
      }
    },
    onBroken() {
      for (const transaction of [...pending.values()]) transaction.broken();
    },
  });

  const context: SipContext = {
    timers,
    transport,
    via(branch) {
      const { host, port } = transport.local();
      return `SIP/2.0/${transportName.toUpperCase()} ${host}:${port};branch=${branch};rport`;
    },
    contact() {
      const { host, port } = transport.local();
      return `<sip:vouchsafe@${host}:${port};transport=${transportName}>`;
    },
    transact(request, to, handlers) {
      const branch = readVia(header(request, "via"))?.branch ?? "";
      const key = `${branch} ${request.method}`;
      const transaction = openClientTransaction({
        request,
        reliable: transport.reliable,
        timers,
        send: (bytes) => transport.send(bytes, to),
        ...handlers,
        onOver: () => pending.delete(key),
      });
      pending.set(key, transaction);
    },
    forget: (callId) => void legs.delete(callId),
  };

  function take({ message, from, reply }: Received): void {
    const via = readVia(headerList(message, "via")[0]);
    const cseq = readCseq(header(message, "cseq"));
    if (!via || !cseq || !header(message, "call-id")) return;
    if (message.kind === "response") {
      pending.get(`${via.branch} ${cseq.method}`)?.receive(message);
      return;
    }
    if (cseq.method !== message.method || !readAddress(header(message, "from"))?.tag) return;
    const leg = legs.get(header(message, "call-id") ?? "");
    if (message.method === "ACK") {
      leg?.onAck(message);
      return;
    }
    const again = served.seen(message);
    if (again?.answer) reply(again.answer);
    if (again) return;
    const tag = newToken();
    const respond: Respond = (status, reason, more = [], body = "") => {
      const bytes = writeMessage(responseTo(message, { from, tag, status, reason, more, body }));
      served.answered(message, bytes);
      reply(bytes);
      return () => reply(bytes);
    };
    const isWithin = readAddress(header(message, "to"))?.tag != null;
    if (message.method === "OPTIONS" && (leg || !isWithin))
      respond(200, "OK", [
        ["allow", allow],
        ["accept", "application/sdp"],
      ]);
    else if (leg) leg.onRequest(message, cseq.number, respond);
    else if (message.method === "INVITE" && !onInvite) respond(403, "Calls only go out");
    else if (message.method === "INVITE" && legs.size >= legsMax) respond(486, "Busy Here");
    else if (message.method === "INVITE") onInvite?.({ invite: message, from, tag, respond });
    else if (["BYE", "INFO", "UPDATE", "CANCEL", "OPTIONS"].includes(message.method))
      respond(481, "No such call");
    else respond(405, "Method Not Allowed", [["allow", allow]]);
  }

  return {
    context,
    hasRoom: () => legs.size < legsMax,
    add: (leg) => void legs.set(leg.id, leg),
    close() {
      for (const leg of legs.values()) leg.abandon();
      for (const transaction of [...pending.values()]) transaction.stop();
      legs.clear();
      transport.close();
    },
  };
}

function responseTo(
  request: SipRequest,
  given: { from: Hop; tag: string; status: number; reason: string; more: Headers; body: string },
): SipResponse {
  const { from, tag, status, reason, more, body } = given;
  const to = header(request, "to") ?? "";
  const kept = (name: string) =>
    request.headers.filter(([known]) => known === name).map(([, value]) => [name, value] as const);
  // RFC 3581: the way back is the way it came.
  const [first = ["via", ""] as const, ...vias] = kept("via");
  const back = first[1].replace(/;rport(?=;|,|$)/i, `;received=${from.host};rport=${from.port}`);
  return {
    kind: "response",
    status,
    reason,
    headers: [
      ["via", back],
      ...vias,
      ...(status > 100 && status < 300 ? kept("record-route") : []),
      ["from", header(request, "from") ?? ""],
      ["to", readAddress(to)?.tag ? to : `${to};tag=${tag}`],
      ["call-id", header(request, "call-id") ?? ""],
      ["cseq", header(request, "cseq") ?? ""],
      ...more,
    ],
    body,
  };
}
