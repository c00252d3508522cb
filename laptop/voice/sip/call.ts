import { randomInt } from "node:crypto";
import type { RtpSession } from "../media/rtp-session";
import { patience } from "./client-transaction";
import { type AgentContext, allow, newBranch, newToken, type Respond } from "./context";
import { answerChallenge } from "./digest";
import {
  type Headers,
  header,
  headerList,
  readAddress,
  readUri,
  type SipRequest,
  type SipResponse,
  writeMessage,
} from "./message";
import { readSdp, writeSdp } from "./sdp";
import type { Hop } from "./transport";

/** How a call came to its end. `status` is the trunk's last word on it, where it had one. */
export type CallEnd = { by: "us" | "them" | "nobody"; status: number | null; reason: string };

export type CallRequest = {
  /** Whom: the user part of the address at the trunk. */
  to: string;
  /** Who calls, E.164. */
  from: string;
  headers: Readonly<Record<string, string>>;
  /** How long it may ring. */
  timeoutMs: number;
  /** Its sound; closed by who opened it. */
  media: RtpSession;
  /** Our address in SDP. */
  mediaHost: string;
  onRinging?: () => void;
  onAnswered: () => void;
  onKey?: (key: string) => void;
  /** Once, and last. */
  onEnded: (end: CallEnd) => void;
};

export type Call = {
  readonly id: string;
  /** CANCEL while it rings, BYE after. `onEnded` is told at once. */
  hangUp(): void;
  /** The agent closes: a word of goodbye, and no waiting for the answer. */
  abandon(): void;
  onRequest(request: SipRequest, cseq: number, respond: Respond): void;
  onAck(ack: SipRequest): void;
};

/** So many T1: half a minute. */
const probeEvery = 60;

const nobody = (reason: string): CallEnd => ({ by: "nobody", status: null, reason });

type Dialog = { localTag: string; remoteTag: string; target: string; routes: string[] };

/** One call to the trunk: INVITE to BYE, with every race between them. */
export function openCall(context: AgentContext, id: string, request: CallRequest): Call {
  const { trunk, timers } = context;
  const { media } = request;
  const secure = trunk.transport === "tls";
  const localTag = newToken();
  const trunkUri = `sip:${request.to}@${trunk.host}:${trunk.port}${trunk.transport === "udp" ? "" : `;transport=${trunk.transport}`}`;
  const trunkHop: Hop = { host: trunk.host, port: trunk.port };
  const sessionId = randomInt(1, 2 ** 31);
  let version = 1;
  let cseq = 1;
  /** The INVITE's: its ACK and its CANCEL carry the same. */
  let invited = 1;
  let branch = newBranch();
  let phase: "calling" | "up" | "ended" = "calling";
  let heardFrom = false;
  let cancelled = false;
  let triedLogin = false;
  let dialog: Dialog | null = null;
  let ack: Buffer | null = null;
  let remoteCseq = -1;
  let answerAgain: NodeJS.Timeout | null = null;
  let probing: NodeJS.Timeout | null = null;
  let offered = false;

  const ours = () => ({ address: request.mediaHost, port: media.port, key: media.key, sessionId, version });
  media.onKey((key) => phase === "up" && request.onKey?.(key));

  // The beginning

  const us = () => `<sip:${request.from}@${context.transport.local().host}>`;
  const from = () => `${us()};tag=${localTag}`;

  function invite(more: Headers = []): SipRequest {
    return {
      kind: "request",
      method: "INVITE",
      uri: trunkUri,
      headers: [
        ["via", context.via(branch)],
        ["max-forwards", "70"],
        ["from", from()],
        ["to", `<${trunkUri}>`],
        ["call-id", id],
        ["cseq", `${invited} INVITE`],
        ["contact", context.contact()],
        ["allow", allow],
        ["p-asserted-identity", us()],
        ...Object.entries(request.headers),
        ...more,
        ["content-type", "application/sdp"],
      ],
      body: writeSdp(ours()),
    };
  }
  let sent: SipRequest | null = null;
  function send(request: SipRequest): void {
    sent = request;
    context.transact(request, trunkHop, {
      onResponse,
      onGone: (why) =>
        end(nobody(why === "timeout" ? "The trunk did not answer" : "The trunk cannot be reached")),
    });
  }
  context.transport.ready().then(
    () => phase === "calling" && send(invite()),
    () => end(nobody("The trunk cannot be reached")),
  );
  const ringing = setTimeout(() => hangUp(nobody("Nobody answered")), request.timeoutMs);

  function onResponse(response: SipResponse): void {
    heardFrom = true;
    const { status } = response;
    if (status < 200) {
      if (cancelled) sendCancel();
      else if (phase === "calling" && status > 100) onProvisional(response);
      return;
    }
    if (status < 300) {
      onAnswer(response);
      return;
    }
    if ((status === 401 || status === 407) && phase === "calling" && !triedLogin && logIn(response)) return;
    end({ by: "them", status, reason: response.reason });
  }

  function onProvisional(response: SipResponse): void {
    const early = response.body ? readSdp(response.body, secure) : null;
    if (early) media.connect(early); // a busy tone, or an announcement
    request.onRinging?.();
  }

  function logIn(response: SipResponse): boolean {
    const asked = response.status === 401 ? "www-authenticate" : "proxy-authenticate";
    if (!trunk.login) return false;
    for (const [name, challenge] of response.headers) {
      const answer =
        name === asked ? answerChallenge(challenge, { method: "INVITE", uri: trunkUri }, trunk.login) : null;
      if (!answer) continue;
      triedLogin = true;
      heardFrom = false;
      cseq += 1;
      invited = cseq;
      branch = newBranch();
      send(invite([[response.status === 401 ? "authorization" : "proxy-authorization", answer]]));
      return true;
    }
    return false;
  }

  function onAnswer(response: SipResponse): void {
    const found = dialogOf(response);
    if (!found) {
      if (phase === "calling") end(nobody("The answer names nobody"));
      return;
    }
    if (dialog && dialog.remoteTag !== found.remoteTag) {
      // Two telephones answered: the second is let go (RFC 3261 §13.2.2.4).
      sendAck(found);
      sendBye(found);
      return;
    }
    if (ack) {
      context.transport.send(ack, hopOf(found)); // ours was lost
      return;
    }
    dialog = found;
    ack = sendAck(found);
    if (phase === "ended") {
      sendBye(found); // it was answered while we hung up
      return;
    }
    const remote = readSdp(response.body, secure);
    if (!remote) {
      sendBye(found);
      end({ ...nobody("The answer has no sound that we speak"), status: 488 });
      return;
    }
    media.connect(remote);
    phase = "up";
    clearTimeout(ringing);
    probe(found);
    request.onAnswered();
  }

  /** A trunk that died cannot say so: it is asked now and then whether the call still stands. */
  function probe(found: Dialog): void {
    probing = setTimeout(() => {
      cseq += 1;
      context.transact(within(found, "OPTIONS", cseq), hopOf(found), {
        onResponse({ status }) {
          if (status === 481 || status === 408) hangUp(nobody("The trunk knows no such call any more"));
          else if (status >= 200 && phase === "up") probe(found);
        },
        onGone: () => hangUp(nobody("The trunk went silent")),
      });
    }, probeEvery * timers.t1);
  }

  function dialogOf(response: SipResponse): Dialog | null {
    const remoteTag = readAddress(header(response, "to"))?.tag;
    const target = readAddress(headerList(response, "contact")[0])?.uri ?? trunkUri;
    if (!remoteTag || !readUri(target)) return null;
    return { localTag, remoteTag, target, routes: headerList(response, "record-route").reverse() };
  }

  // Within the call

  /** Streams stay on the trunk's connection; a datagram goes where the route, or the other side itself, is. */
  function hopOf({ routes, target }: Dialog): Hop {
    const uri = readUri(readAddress(routes[0])?.uri ?? target);
    return uri ? { host: uri.host, port: uri.port ?? 5060 } : trunkHop;
  }

  function within(found: Dialog, method: string, number: number): SipRequest {
    return {
      kind: "request",
      method,
      uri: found.target,
      headers: [
        ["via", context.via(newBranch())],
        ["max-forwards", "70"],
        ...found.routes.map((route) => ["route", route] as const),
        ["from", from()],
        ["to", `<${trunkUri}>;tag=${found.remoteTag}`],
        ["call-id", id],
        ["cseq", `${number} ${method}`],
        ["contact", context.contact()],
      ],
      body: "",
    };
  }

  function sendAck(found: Dialog): Buffer {
    const bytes = writeMessage(within(found, "ACK", invited));
    context.transport.send(bytes, hopOf(found));
    return bytes;
  }

  function sendBye(found: Dialog): void {
    cseq += 1;
    context.transact(within(found, "BYE", cseq), hopOf(found), { onResponse() {}, onGone() {} });
  }

  function onRequest(asked: SipRequest, number: number, respond: Respond): void {
    const tags = [readAddress(header(asked, "to"))?.tag, readAddress(header(asked, "from"))?.tag];
    if (!dialog || tags[0] !== localTag || tags[1] !== dialog.remoteTag)
      return void respond(481, "No such call");
    if (number <= remoteCseq) return void respond(500, "Out of order");
    remoteCseq = number;
    if (asked.method === "BYE") {
      respond(200, "OK");
      end({ by: "them", status: null, reason: "They hung up" });
    } else if (phase !== "up") respond(481, "No such call");
    else if (asked.method === "INVITE" || asked.method === "UPDATE") renegotiate(asked, respond);
    else if (asked.method === "INFO") onInfo(asked, respond);
    else respond(405, "Method Not Allowed", [["allow", allow]]);
  }

  /** Hold, resume, another address; an offer of theirs, or (an INVITE without one) of ours. */
  function renegotiate(asked: SipRequest, respond: Respond): void {
    const contact = readAddress(headerList(asked, "contact")[0])?.uri;
    if (dialog && contact && readUri(contact)) dialog.target = contact;
    const remote = asked.body ? readSdp(asked.body, secure) : null;
    if (asked.body && !remote) return void respond(488, "Not Acceptable Here");
    const quiet = !asked.body && asked.method === "UPDATE";
    version += 1;
    if (remote) media.connect(remote);
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
          writeSdp(ours(), remote ?? undefined),
        );
    if (asked.method === "INVITE") answerUntilHeard(again, timers.t1, patience * timers.t1);
  }

  /** RFC 3261 §13.3.1.4: an answer that nobody acknowledges ends the call. */
  function answerUntilHeard(again: () => void, waitMs: number, leftMs: number): void {
    if (answerAgain) clearTimeout(answerAgain);
    answerAgain = setTimeout(() => {
      if (leftMs <= waitMs) return hangUp(nobody("The trunk went silent"));
      again();
      answerUntilHeard(again, Math.min(waitMs * 2, timers.t2), leftMs - waitMs);
    }, waitMs);
  }

  function onInfo(asked: SipRequest, respond: Respond): void {
    const key = /^Signal\s*=\s*([0-9*#A-D])\s*$/im.exec(asked.body)?.[1];
    if (header(asked, "content-type")?.toLowerCase() !== "application/dtmf-relay" || !key)
      return void respond(415, "Unsupported Media Type", [["accept", "application/dtmf-relay"]]);
    respond(200, "OK");
    request.onKey?.(key);
  }

  // The end

  function sendCancel(): void {
    if (!sent) return;
    const cancel: SipRequest = {
      ...sent,
      method: "CANCEL",
      headers: [
        ...sent.headers.filter(([name]) => ["via", "max-forwards", "from", "to", "call-id"].includes(name)),
        ["cseq", `${invited} CANCEL`],
      ],
      body: "",
    };
    cancelled = false; // once
    context.transact(cancel, trunkHop, { onResponse() {}, onGone() {} });
  }

  function hangUp(how: CallEnd = { by: "us", status: null, reason: "We hung up" }): void {
    if (phase === "ended") return;
    if (phase === "up" && dialog) sendBye(dialog);
    else {
      // Nothing may be cancelled that was not heard of yet (RFC 3261 §9.1).
      cancelled = true;
      if (heardFrom) sendCancel();
    }
    end(how);
  }

  function end(how: CallEnd): void {
    if (phase === "ended") return;
    phase = "ended";
    clearTimeout(ringing);
    if (answerAgain) clearTimeout(answerAgain);
    if (probing) clearTimeout(probing);
    // What is still on its way finds somebody who answers it.
    setTimeout(() => context.forget(id), patience * timers.t1).unref();
    request.onEnded(how);
  }

  return {
    id,
    hangUp: () => hangUp(),
    abandon() {
      clearTimeout(ringing);
      if (answerAgain) clearTimeout(answerAgain);
      if (probing) clearTimeout(probing);
      if (phase === "up" && dialog)
        context.transport.send(writeMessage(within(dialog, "BYE", cseq + 1)), hopOf(dialog));
      phase = "ended";
    },
    onRequest,
    onAck(got) {
      if (answerAgain) clearTimeout(answerAgain);
      answerAgain = null;
      const remote = offered && got.body ? readSdp(got.body, secure) : null;
      offered = false;
      if (remote && phase === "up") media.connect(remote);
    },
  };
}
