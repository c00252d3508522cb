import type { Result } from "@/lib/kernel/result";
import type { CloudRefusal } from "./meetings";

/** A meeting's way into the telephone network: a leg that joins it, bridged to the contact centre's number. */
export type SipBridge = {
  /**
   * Joins the meeting as this attendee and rings the contact centre, to which `callerContext` travels as `X-Auth-Token`: signed, and short-lived.
   * Not idempotent, and so never repeated inside: where the answer was lost a leg may stand in the meeting, until the meeting ends.
   */
  start(request: {
    meetingId: string;
    /** Of an attendee of its own. A credential. */
    joinToken: string;
    callerContext: string;
  }): Promise<Result<{ transactionId: string }, CloudRefusal | { code: "BRIDGE_REFUSED"; reason: string }>>;
  /** @param keys `0-9*#`, up to 50. */
  pressKeys(
    transactionId: string,
    keys: string,
  ): Promise<Result<void, CloudRefusal | { code: "BRIDGE_ENDED" }>>;
  /** Both legs, and the meeting with them. Of a call that is over already: success. */
  hangUp(transactionId: string): Promise<Result<void, CloudRefusal>>;
};
