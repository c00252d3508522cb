import { openRtpSession } from "./media/rtp-session";
import type { Timers } from "./sip/client-transaction";
import { openEndpoint } from "./sip/endpoint";
import { type Incoming, openIncoming } from "./sip/incoming";
import { readAddress } from "./sip/message";
import { openDatagrams, type Trunk } from "./sip/transport";

/** A telephone call that came in. Frames are 20 ms, mono, at 48 kHz: 960 samples. */
export type PhoneCall = {
  /** E.164, or whatever stood there. */
  from: string;
  to: string;
  /** By name, in small letters. */
  headers: Record<string, string>;
  /** False: whoever called is gone. */
  answer(): boolean;
  write(frame: Int16Array): void;
  onSound(hear: (frame: Int16Array) => void): void;
  onKey(pressed: (key: string) => void): void;
  /** Told once when it is over, whoever hung up. */
  onEnd(told: () => void): void;
  hangUp(): void;
};

/** Takes calls by SIP over UDP: the far side of our own Voice Connector, where no trunk is configured. */
export type Exchange = {
  /** How to call it. */
  readonly trunk: Trunk;
  close(): void;
};

const loopback = "127.0.0.1";
const userOf = (address: string | undefined) =>
  /^sips?:([^@;]{1,64})@/i.exec(readAddress(address)?.uri ?? "")?.[1] ?? "";

/** @param options.onCall is told of each: it rings until it is answered, or hung up on. @throws when it cannot listen. */
export async function openExchange(options: {
  onCall: (call: PhoneCall) => void;
  timers?: Timers;
  log: (line: object) => void;
}): Promise<Exchange> {
  const { log, timers } = options;
  const endpoint = await openEndpoint({
    transportName: "udp",
    ...(timers ? { timers } : {}),
    log,
    open: (handlers) => openDatagrams(loopback, handlers),
    onInvite: (invited) =>
      void take(invited).catch((error: unknown) => {
        log({ level: "error", voice: "exchange", fault: String(error) });
        invited.respond(500, "Server Internal Error");
      }),
  });

  async function take(invited: Parameters<typeof openIncoming>[1]): Promise<void> {
    const { headers } = invited.invite;
    const media = await openRtpSession({ host: loopback, secure: false });
    let told = () => {};
    let pressed: (key: string) => void = () => {};
    let isOver = false;
    const incoming: Incoming | null = openIncoming(endpoint.context, invited, {
      media,
      mediaHost: loopback,
      onKey: (key) => pressed(key),
      onEnded() {
        isOver = true;
        media.close();
        told();
      },
    });
    if (!incoming) return media.close();
    endpoint.add(incoming);
    const named = Object.fromEntries([...headers].reverse());
    options.onCall({
      from: userOf(named.from),
      to: userOf(named.to),
      headers: named,
      answer: incoming.answer,
      write: media.write,
      onSound: media.onSound,
      onKey(given) {
        pressed = given;
      },
      onEnd(given) {
        told = given;
        if (isOver) given();
      },
      hangUp: incoming.hangUp,
    });
  }

  const { host, port } = endpoint.context.transport.local();
  return {
    trunk: { host, port, transport: "udp", login: null, ca: null },
    close: endpoint.close,
  };
}
