import { randomBytes } from "node:crypto";
import type { Timers } from "./client-transaction";
import type { Headers, SipRequest, SipResponse } from "./message";
import type { Hop, SipTransport } from "./transport";

/** What we do. */
export const allow = "INVITE, ACK, BYE, CANCEL, OPTIONS, INFO, UPDATE";
export const newToken = () => randomBytes(12).toString("hex");
export const newBranch = () => `z9hG4bK${newToken()}`;

/** What a call asks of the endpoint that it is at. */
export type SipContext = {
  timers: Timers;
  transport: SipTransport;
  via(branch: string): string;
  contact(): string;
  /** Sends a request; its answers come by `onResponse`. */
  transact(
    request: SipRequest,
    to: Hop,
    handlers: { onResponse: (response: SipResponse) => void; onGone: (why: "timeout" | "transport") => void },
  ): void;
  forget(callId: string): void;
};

/** @returns what sends the same answer again. */
export type Respond = (status: number, reason: string, more?: Headers, body?: string) => () => void;

/** A call as its endpoint knows it: what comes for it goes there. */
export type Leg = {
  readonly id: string;
  /** The endpoint closes: a word of goodbye, and no waiting for the answer. */
  abandon(): void;
  onRequest(request: SipRequest, cseq: number, respond: Respond): void;
  onAck(ack: SipRequest): void;
};

/** How a call came to its end. `status` is the far side's last word on it, where it had one. */
export type CallEnd = { by: "us" | "them" | "nobody"; status: number | null; reason: string };
export const nobody = (reason: string): CallEnd => ({ by: "nobody", status: null, reason });
