import { randomInt } from "node:crypto";
import type { RemoteMedia, RtpSession } from "../media/rtp-session";
import { patience } from "./client-transaction";
import { allow, type CallEnd, newBranch, nobody, type Respond, type SipContext } from "./context";
import {
  type Headers,
  header,
  headerList,
  readAddress,
  readUri,
  type SipRequest,
  writeMessage,
} from "./message";
import { readSdp, writeSdp } from "./sdp";
import type { Hop } from "./transport";

/** A call that was answered, as both sides name it (RFC 3261 §12). `local` and `remote` with their tags. */
export type Dialog = {
  callId: string;
  local: string;
  remote: string;
  target: string;
  routes: string[];
  /** Where datagrams go whose route nobody can read. */
  fallback: Hop;
};

const tagOf = (party: string | undefined) => readAddress(party)?.tag;
/** So many T1: half a minute. */
const probeEvery = 60;

/** Streams stay on the connection that there is; a datagram goes where the route, or the other side itself, is. */
export function hopOf({ routes, target, fallback }: Dialog): Hop {
  const uri = readUri(readAddress(routes[0])?.uri ?? target);
  return uri ? { host: uri.host, port: uri.port ?? 5060 } : fallback;
}

export function requestWithin(
  context: SipContext,
  dialog: Dialog,
  method: string,
  number: number,
): SipRequest {
  return {
    kind: "request",
    method,
    uri: dialog.target,
    headers: [
      ["via", context.via(newBranch())],
      ["max-forwards", "70"],
      ...dialog.routes.map((route) => ["route", route] as const),
      ["from", dialog.local],
      ["to", dialog.remote],
      ["call-id", dialog.callId],
      ["cseq", `${number} ${method}`],
      ["contact", context.contact()],
    ],
    body: "",
  };
}

export function sendBye(context: SipContext, dialog: Dialog, number: number): void {
  const bye = requestWithin(context, dialog, "BYE", number);
  context.transact(bye, hopOf(dialog), { onResponse() {}, onGone() {} });
}

/** Our side of the sound: what SDP says of it, again at each change. */
export function openSession(media: RtpSession, address: string) {
  const sessionId = randomInt(1, 2 ** 31);
  let version = 1;
  return {
    media,
    secure: media.key !== null,
    describe: (agreed?: RemoteMedia) =>
      writeSdp({ address, port: media.port, key: media.key, sessionId, version }, agreed),
    changed(): void {
      version += 1;
    },
  };
}
export type Session = ReturnType<typeof openSession>;

/** What happens in a call between its answer and its end: hold, another address, keys, and whether the far side is still there. */
export type Conversation = {
  onRequest(asked: SipRequest, number: number, respond: Respond): void;
  onAck(ack: SipRequest): void;
  /** BYE, once. */
  hangUp(): void;
  /** The same, by a message that nobody waits for the answer of. */
  abandon(): void;
  /** It is over, whoever said so. */
  close(): void;
  /** The answer that made the call: sent again until it is acknowledged (RFC 3261 §13.3.1.4). */
  answerUntilHeard(again: () => void): void;
};

/** @param options.cseq the number of our last request. */
export function converse(
  context: SipContext,
  options: {
    dialog: Dialog;
    cseq: number;
    session: Session;
    onKey: (key: string) => void;
    onEnded: (end: CallEnd) => void;
  },
): Conversation {
  const { dialog, session } = options;
  const { timers } = context;
  let { cseq } = options;
  let isOver = false;
  let remoteCseq = -1;
  let offered = false;
  let answerAgain: NodeJS.Timeout | null = null;
  let probing: NodeJS.Timeout | null = null;
  session.media.onKey((key) => {
    if (!isOver) options.onKey(key);
  });

  function close(): void {
    isOver = true;
    if (answerAgain) clearTimeout(answerAgain);
    if (probing) clearTimeout(probing);
  }

  function hangUp(): void {
    if (isOver) return;
    close();
    cseq += 1;
    sendBye(context, dialog, cseq);
  }
  function giveUp(why: string): void {
    if (isOver) return;
    hangUp();
    options.onEnded(nobody(why));
  }

  /** A far side that died cannot say so: it is asked now and then whether the call still stands. */
  function probe(): void {
    probing = setTimeout(() => {
      cseq += 1;
      context.transact(requestWithin(context, dialog, "OPTIONS", cseq), hopOf(dialog), {
        onResponse({ status }) {
          if (status === 481 || status === 408) giveUp("The trunk knows no such call any more");
          else if (status >= 200 && !isOver) probe();
        },
        onGone: () => giveUp("The trunk went silent"),
      });
    }, probeEvery * timers.t1);
  }
  probe();

  function onRequest(asked: SipRequest, number: number, respond: Respond): void {
    const isOurs =
      tagOf(header(asked, "to")) === tagOf(dialog.local) &&
      tagOf(header(asked, "from")) === tagOf(dialog.remote);
    if (!isOurs) return void respond(481, "No such call");
    if (number <= remoteCseq) return void respond(500, "Out of order");
    remoteCseq = number;
    if (asked.method === "BYE") {
      respond(200, "OK");
      if (isOver) return;
      close();
      options.onEnded({ by: "them", status: null, reason: "They hung up" });
    } else if (isOver) respond(481, "No such call");
    else if (asked.method === "INVITE" || asked.method === "UPDATE") renegotiate(asked, respond);
    else if (asked.method === "INFO") onInfo(asked, respond);
    else respond(405, "Method Not Allowed", [["allow", allow]]);
  }

  /** Hold, resume, another address; an offer of theirs, or (an INVITE without one) of ours. */
  function renegotiate(asked: SipRequest, respond: Respond): void {
    const contact = readAddress(headerList(asked, "contact")[0])?.uri;
    if (contact && readUri(contact)) dialog.target = contact;
    const remote = asked.body ? readSdp(asked.body, session.secure) : null;
    if (asked.body && !remote) return void respond(488, "Not Acceptable Here");
    const quiet = !asked.body && asked.method === "UPDATE";
    session.changed();
    if (remote) session.media.connect(remote);
    offered = !asked.body && !quiet;
    const headers: Headers = [
      ["contact", context.contact()],
      ["allow", allow],
    ];
    const again = quiet
      ? respond(200, "OK", headers)
      : respond(
          200,
          "OK",
          [...headers, ["content-type", "application/sdp"]],
          session.describe(remote ?? undefined),
        );
    if (asked.method === "INVITE") answerUntilHeard(again, timers.t1, patience * timers.t1);
  }

  function answerUntilHeard(again: () => void, waitMs: number, leftMs: number): void {
    if (answerAgain) clearTimeout(answerAgain);
    answerAgain = setTimeout(() => {
      if (leftMs <= waitMs) return giveUp("The trunk went silent");
      again();
      answerUntilHeard(again, Math.min(waitMs * 2, timers.t2), leftMs - waitMs);
    }, waitMs);
  }

  function onInfo(asked: SipRequest, respond: Respond): void {
    const key = /^Signal\s*=\s*([0-9*#A-D])\s*$/im.exec(asked.body)?.[1];
    if (header(asked, "content-type")?.toLowerCase() !== "application/dtmf-relay" || !key)
      return void respond(415, "Unsupported Media Type", [["accept", "application/dtmf-relay"]]);
    respond(200, "OK");
    options.onKey(key);
  }

  return {
    onRequest,
    onAck(got) {
      if (answerAgain) clearTimeout(answerAgain);
      answerAgain = null;
      const remote = offered && got.body ? readSdp(got.body, session.secure) : null;
      offered = false;
      if (remote && !isOver) session.media.connect(remote);
    },
    hangUp,
    abandon() {
      if (isOver) return;
      close();
      context.transport.send(writeMessage(requestWithin(context, dialog, "BYE", cseq + 1)), hopOf(dialog));
    },
    close,
    answerUntilHeard: (again) => answerUntilHeard(again, timers.t1, patience * timers.t1),
  };
}
