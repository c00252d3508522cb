import type { RtpSession } from "../media/rtp-session";
import { patience } from "./client-transaction";
import { allow, type CallEnd, type Leg, type SipContext } from "./context";
import { type Conversation, converse, openSession } from "./dialog";
import type { Invited } from "./endpoint";
import { header, headerList, readAddress, readUri } from "./message";
import { readSdp } from "./sdp";

export type Incoming = Leg & {
  /** 200, with our side of the sound. False: whoever called is gone. */
  answer(): boolean;
  /** A refusal before it was answered, BYE after. `onEnded` is told at once. */
  hangUp(): void;
};

/**
 * A call that comes to us, from its INVITE to its BYE. It rings from the start.
 * @returns null: its sound is none that we speak, and it was refused.
 */
export function openIncoming(
  context: SipContext,
  { invite, from: hop, tag, respond }: Invited,
  options: {
    media: RtpSession;
    mediaHost: string;
    onKey: (key: string) => void;
    /** Once, and last. */
    onEnded: (end: CallEnd) => void;
  },
): Incoming | null {
  const id = header(invite, "call-id") ?? "";
  const from = header(invite, "from") ?? "";
  const offer = readSdp(invite.body, options.media.key !== null);
  const target = readAddress(headerList(invite, "contact")[0])?.uri ?? readAddress(from)?.uri ?? "";
  if (!offer || !readUri(target)) {
    respond(488, "Not Acceptable Here");
    return null;
  }
  const session = openSession(options.media, options.mediaHost);
  const contact = ["contact", context.contact()] as const;
  let conversation: Conversation | null = null;
  let phase: "ringing" | "up" | "ended" = "ringing";
  respond(180, "Ringing", [contact]);

  function end(how: CallEnd): void {
    if (phase === "ended") return;
    phase = "ended";
    conversation?.close();
    setTimeout(() => context.forget(id), patience * context.timers.t1).unref();
    options.onEnded(how);
  }

  return {
    id,
    answer() {
      if (phase !== "ringing") return false;
      phase = "up";
      options.media.connect(offer);
      conversation = converse(context, {
        dialog: {
          callId: id,
          local: `${header(invite, "to")};tag=${tag}`,
          remote: from,
          target,
          routes: headerList(invite, "record-route"),
          fallback: hop,
        },
        cseq: 0,
        session,
        onKey: options.onKey,
        onEnded: end,
      });
      const headers = [contact, ["allow", allow] as const, ["content-type", "application/sdp"] as const];
      conversation.answerUntilHeard(respond(200, "OK", headers, session.describe(offer)));
      return true;
    },
    hangUp() {
      if (phase === "ringing") respond(480, "Temporarily Unavailable");
      conversation?.hangUp();
      end({ by: "us", status: null, reason: "We hung up" });
    },
    abandon() {
      if (phase === "ringing") respond(480, "Temporarily Unavailable");
      conversation?.abandon();
      phase = "ended";
    },
    onRequest(asked, number, answerTo) {
      if (asked.method === "CANCEL") {
        answerTo(200, "OK");
        if (phase !== "ringing") return; // it came too late: a BYE will follow
        respond(487, "Request Terminated");
        end({ by: "them", status: null, reason: "They hung up" });
      } else if (conversation) conversation.onRequest(asked, number, answerTo);
      else answerTo(481, "No such call");
    },
    onAck: (ack) => conversation?.onAck(ack),
  };
}
