import type { RtpSession } from "../media/rtp-session";
import { patience } from "./client-transaction";
import {
  allow,
  type CallEnd,
  type Leg,
  newBranch,
  newToken,
  nobody,
  type Respond,
  type SipContext,
} from "./context";
import {
  type Conversation,
  converse,
  type Dialog,
  hopOf,
  openSession,
  requestWithin,
  sendBye,
} from "./dialog";
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
import { readSdp } from "./sdp";
import type { Hop, Trunk } from "./transport";

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

export type Call = Leg & {
  /** CANCEL while it rings, BYE after. `onEnded` is told at once. */
  hangUp(): void;
};

/** One call to the trunk: INVITE to BYE, with every race between them. */
export function openCall(context: SipContext, trunk: Trunk, id: string, request: CallRequest): Call {
  const { timers } = context;
  const { media } = request;
  const secure = trunk.transport === "tls";
  const session = openSession(media, request.mediaHost);
  const localTag = newToken();
  const trunkUri = `sip:${request.to}@${trunk.host}:${trunk.port}${trunk.transport === "udp" ? "" : `;transport=${trunk.transport}`}`;
  const trunkHop: Hop = { host: trunk.host, port: trunk.port };
  /** The INVITE's: its ACK and its CANCEL carry the same. */
  let invited = 1;
  let branch = newBranch();
  let phase: "calling" | "up" | "ended" = "calling";
  let heardFrom = false;
  let cancelled = false;
  let triedLogin = false;
  let dialog: Dialog | null = null;
  let conversation: Conversation | null = null;
  let ack: Buffer | null = null;

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
      body: session.describe(),
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
      invited += 1;
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
    if (dialog && dialog.remote !== found.remote) {
      // Two telephones answered: the second is let go (RFC 3261 §13.2.2.4).
      sendAck(found);
      sendBye(context, found, invited + 1);
      return;
    }
    if (ack) {
      context.transport.send(ack, hopOf(found)); // ours was lost
      return;
    }
    dialog = found;
    ack = sendAck(found);
    if (phase === "ended") {
      sendBye(context, found, invited + 1); // it was answered while we hung up
      return;
    }
    const remote = readSdp(response.body, secure);
    if (!remote) {
      sendBye(context, found, invited + 1);
      end({ ...nobody("The answer has no sound that we speak"), status: 488 });
      return;
    }
    media.connect(remote);
    phase = "up";
    clearTimeout(ringing);
    conversation = converse(context, {
      dialog: found,
      cseq: invited,
      session,
      onKey: (key) => request.onKey?.(key),
      onEnded: end,
    });
    request.onAnswered();
  }

  function dialogOf(response: SipResponse): Dialog | null {
    const remoteTag = readAddress(header(response, "to"))?.tag;
    const target = readAddress(headerList(response, "contact")[0])?.uri ?? trunkUri;
    if (!remoteTag || !readUri(target)) return null;
    return {
      callId: id,
      local: from(),
      remote: `<${trunkUri}>;tag=${remoteTag}`,
      target,
      routes: headerList(response, "record-route").reverse(),
      fallback: trunkHop,
    };
  }

  function sendAck(found: Dialog): Buffer {
    const bytes = writeMessage(requestWithin(context, found, "ACK", invited));
    context.transport.send(bytes, hopOf(found));
    return bytes;
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
    if (conversation) conversation.hangUp();
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
    conversation?.close();
    // What is still on its way finds somebody who answers it.
    setTimeout(() => context.forget(id), patience * timers.t1).unref();
    request.onEnded(how);
  }

  const noSuchCall = (respond: Respond) => void respond(481, "No such call");

  return {
    id,
    hangUp: () => hangUp(),
    abandon() {
      clearTimeout(ringing);
      conversation?.abandon();
      phase = "ended";
    },
    onRequest: (asked, number, respond) =>
      conversation ? conversation.onRequest(asked, number, respond) : noSuchCall(respond),
    onAck: (got) => conversation?.onAck(got),
  };
}
