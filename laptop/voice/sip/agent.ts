import { type Call, type CallRequest, openCall } from "./call";
import {
  type ClientTransaction,
  openClientTransaction,
  patience,
  standardTimers,
  type Timers,
} from "./client-transaction";
import { type AgentContext, allow, newToken, type Respond } from "./context";
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
import { type Hop, openTransport, type Received, type Trunk } from "./transport";

const callsMax = 200;

/** Calls out to one trunk, and whatever the trunk asks within them. */
export type SipAgent = {
  /** @returns null when as many calls as there may be are under way. */
  call(request: CallRequest): Call | null;
  /** Where requests of the far side reach us. */
  local(): Hop;
  close(): void;
};

/** A SIP user agent for one trunk (RFC 3261). @throws when it cannot listen. */
export async function openSipAgent(options: {
  trunk: Trunk;
  /** The address of this machine that the trunk reaches. */
  host: string;
  timers?: Timers;
  log: (line: object) => void;
}): Promise<SipAgent> {
  const { trunk, log } = options;
  const timers = options.timers ?? standardTimers;
  const now = () => performance.now();
  const calls = new Map<string, Call>();
  const pending = new Map<string, ClientTransaction>();
  const served = openServerTransactions({ keepMs: patience * timers.t1, now });
  const transport = await openTransport(trunk, options.host, {
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
  const name = trunk.transport.toUpperCase();

  const context: AgentContext = {
    trunk,
    timers,
    transport,
    via(branch) {
      const { host, port } = transport.local();
      return `SIP/2.0/${name} ${host}:${port};branch=${branch};rport`;
    },
    contact() {
      const { host, port } = transport.local();
      return `<sip:vouchsafe@${host}:${port};transport=${trunk.transport}>`;
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
    forget: (callId) => void calls.delete(callId),
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
    const call = calls.get(header(message, "call-id") ?? "");
    if (message.method === "ACK") {
      call?.onAck(message);
      return;
    }
    const again = served.seen(message);
    if (again?.answer) reply(again.answer);
    if (again) return;
    const respond: Respond = (status, reason, more = [], body = "") => {
      const bytes = writeMessage(responseTo(message, from, { status, reason, more, body }));
      served.answered(message, bytes);
      reply(bytes);
      return () => reply(bytes);
    };
    if (message.method === "OPTIONS")
      respond(200, "OK", [
        ["allow", allow],
        ["accept", "application/sdp"],
      ]);
    else if (call) call.onRequest(message, cseq.number, respond);
    else if (message.method === "INVITE") respond(403, "Calls only go out");
    else if (["BYE", "INFO", "UPDATE", "CANCEL"].includes(message.method)) respond(481, "No such call");
    else respond(405, "Method Not Allowed", [["allow", allow]]);
  }

  return {
    call(request) {
      if (calls.size >= callsMax) return null;
      const callId = newToken();
      const call = openCall(context, callId, request);
      calls.set(callId, call);
      return call;
    },
    local: transport.local,
    close() {
      for (const call of calls.values()) call.abandon();
      for (const transaction of [...pending.values()]) transaction.stop();
      calls.clear();
      transport.close();
    },
  };
}

function responseTo(
  request: SipRequest,
  from: Hop,
  { status, reason, more, body }: { status: number; reason: string; more: Headers; body: string },
): SipResponse {
  const to = header(request, "to") ?? "";
  const vias = request.headers.filter(([name]) => name === "via").map(([, value]) => value);
  // RFC 3581: the way back is the way it came.
  const first = (vias[0] ?? "").replace(/;rport(?=;|,|$)/i, `;received=${from.host};rport=${from.port}`);
  return {
    kind: "response",
    status,
    reason,
    headers: [
      ...[first, ...vias.slice(1)].map((via) => ["via", via] as const),
      ["from", header(request, "from") ?? ""],
      ["to", readAddress(to)?.tag ? to : `${to};tag=${newToken()}`],
      ["call-id", header(request, "call-id") ?? ""],
      ["cseq", header(request, "cseq") ?? ""],
      ...more,
    ],
    body,
  };
}
