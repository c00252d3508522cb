import { header, type SipRequest, type SipResponse, writeMessage } from "./message";

/** RFC 3261 §17.1.1.1. Milliseconds. */
export type Timers = { t1: number; t2: number; t4: number };
export const standardTimers: Timers = { t1: 500, t2: 4_000, t4: 5_000 };
/** So many T1 after which a transaction is given up. */
export const patience = 64;

export type ClientTransaction = {
  receive(response: SipResponse): void;
  /** The way it was sent broke. */
  broken(): void;
  stop(): void;
};

/**
 * One request and its answers (RFC 3261 §17.1, with RFC 6026's accepted state): sent again over UDP until answered, given up after 64 T1.
 * A refused INVITE is acknowledged here; a 2xx, and each repetition of it, is handed up, for the dialog to acknowledge.
 */
export function openClientTransaction(options: {
  request: SipRequest;
  reliable: boolean;
  timers: Timers;
  send: (bytes: Buffer) => void;
  onResponse: (response: SipResponse) => void;
  /** No final answer will come. */
  onGone: (why: "timeout" | "transport") => void;
  onOver: () => void;
}): ClientTransaction {
  const { request, reliable, timers } = options;
  const invite = request.method === "INVITE";
  const bytes = writeMessage(request);
  let phase: "calling" | "proceeding" | "completed" | "accepted" | "over" = "calling";
  let resend: NodeJS.Timeout | null = null;
  let end: NodeJS.Timeout | null = null;
  let ack: Buffer | null = null;

  function over(): void {
    if (phase === "over") return;
    phase = "over";
    clear();
    options.onOver();
  }
  function clear(): void {
    if (resend) clearTimeout(resend);
    if (end) clearTimeout(end);
    resend = null;
    end = null;
  }
  function gone(why: "timeout" | "transport"): void {
    if (phase !== "calling" && phase !== "proceeding") return;
    over();
    options.onGone(why);
  }
  function sendAgainIn(ms: number): void {
    resend = setTimeout(() => {
      options.send(bytes);
      sendAgainIn(invite ? ms * 2 : Math.min(timers.t2, phase === "proceeding" ? timers.t2 : ms * 2));
    }, ms);
  }
  function endIn(ms: number, then: () => void): void {
    if (end) clearTimeout(end);
    end = setTimeout(then, ms);
  }

  options.send(bytes);
  if (!reliable) sendAgainIn(timers.t1);
  endIn(patience * timers.t1, () => gone("timeout"));

  function final(response: SipResponse): void {
    const first = phase === "calling" || phase === "proceeding";
    if (invite && response.status < 300) {
      if (!first && phase !== "accepted") return;
      phase = "accepted";
      if (first) {
        clear();
        endIn(patience * timers.t1, over);
      }
      options.onResponse(response);
      return;
    }
    if (invite && phase !== "accepted") {
      ack ??= writeMessage(ackOf(request, response));
      options.send(ack);
    }
    if (!first) return;
    phase = "completed";
    clear();
    options.onResponse(response);
    if (reliable) over();
    else endIn(invite ? patience * timers.t1 : timers.t4, over);
  }

  return {
    receive(response) {
      if (phase === "over") return;
      if (response.status >= 200) return final(response);
      if (phase !== "calling" && phase !== "proceeding") return;
      if (phase === "calling" && invite) clear(); // it arrived; how long it may ring is the call's to say
      phase = "proceeding";
      options.onResponse(response);
    },
    broken: () => gone("transport"),
    stop: over,
  };
}

/** RFC 3261 §17.1.1.3. */
function ackOf(request: SipRequest, response: SipResponse): SipRequest {
  const kept = (name: string) => [name, header(request, name) ?? ""] as const;
  const number = (header(request, "cseq") ?? "").split(" ")[0];
  return {
    kind: "request",
    method: "ACK",
    uri: request.uri,
    headers: [
      kept("via"),
      kept("from"),
      ["to", header(response, "to") ?? ""],
      kept("call-id"),
      ["cseq", `${number} ACK`],
      ["max-forwards", "70"],
      ...request.headers.filter(([name]) => name === "route"),
    ],
    body: "",
  };
}
