import { randomBytes } from "node:crypto";
import type { Timers } from "./client-transaction";
import type { Headers, SipRequest, SipResponse } from "./message";
import type { Hop, SipTransport, Trunk } from "./transport";

/** What we do; an INVITE only within a call of ours. */
export const allow = "INVITE, ACK, BYE, CANCEL, OPTIONS, INFO, UPDATE";
export const newToken = () => randomBytes(12).toString("hex");
export const newBranch = () => `z9hG4bK${newToken()}`;

/** What a call asks of its agent. */
export type AgentContext = {
  trunk: Trunk;
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
