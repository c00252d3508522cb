/// <reference types="amazon-connect-streams" />

/** What we use of the vendor's library, by its own types. Its script leaves itself in the global `connect`. */
export type Streams = {
  core: Pick<
    typeof connect.core,
    "initCCP" | "getEventBus" | "onAccessDenied" | "onAuthFail" | "onIframeRetriesExhausted" | "terminate"
  >;
  agent(came: connect.AgentCallback): connect.Subscription;
  contact(came: connect.ContactCallback): connect.Subscription;
};

/** `connect.EventType.ACK_TIMEOUT`: the panel does not answer, as one that nobody is signed in to. */
export const unanswered = "ack_timeout";

/** Fetched only where a panel is set up: 730 kB that no other page needs. */
export async function loadStreams(): Promise<Streams> {
  // @ts-expect-error a script, not a module: its types say so too
  await import("amazon-connect-streams/release/connect-streams-min.js");
  return (globalThis as typeof globalThis & { connect: Streams }).connect;
}
