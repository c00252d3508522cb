import type { Db } from "@/db/as-actor";
import type { supportCalls } from "@/db/schema";
import type { Env } from "@/lib/env";
import type { Actor } from "@/lib/kernel/actor";
import type { CallTopic } from "@/lib/kernel/call-topic";
import type { Clock } from "@/lib/kernel/clock";
import type { Keyring } from "@/lib/keyring/keyring";
import type { Log } from "@/lib/log";
import type { Cipher } from "@/lib/ports/cipher";
import type { ContactCentre } from "@/lib/ports/contact-centre";
import type { Meetings } from "@/lib/ports/meetings";
import type { Signer } from "@/lib/ports/signer";
import type { SipBridge } from "@/lib/ports/sip-bridge";

/** What calls to the contact centre draw on, all told; each use case takes the part that it needs. */
export type CallDeps = {
  env: Pick<Env, "SUPPORT_SIGN_IN_MAX_MINUTES" | "SUPPORT_ROUTE">;
  clock: Clock;
  log: Log;
  db: Db;
  keyring: Keyring;
  cipher: Cipher;
  signer: Signer;
  contactCentre: ContactCentre;
  meetings: Meetings;
  /** Null: route `sip` is not set up here. */
  sipBridge: SipBridge | null;
};

export type Customer = Extract<Actor, { kind: "person" }>;
/**
 * Somebody who is signed in as a customer, when they last proved who they are, and whether by more than a password: from a verified session or token.
 * `siteId`: the registered site that says so; null: they signed in here.
 */
export type Caller = { customer: Customer; signedInAt: Date; secondStep: boolean; siteId: string | null };
/** `topic`: what they say that it is about, for the agent's eyes; it proves nothing. */
export type CallRequest = Caller & { topic?: CallTopic };

export type CallRow = typeof supportCalls.$inferSelect;
