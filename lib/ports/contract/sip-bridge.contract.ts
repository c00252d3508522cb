import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { everyCapability, type Meetings } from "../meetings";
import type { SipBridge } from "../sip-bridge";

/** What every SipBridge keeps. */
export function sipBridgeContract(open: () => Promise<{ bridge: SipBridge; meetings: Meetings }>): void {
  async function started() {
    const { bridge, meetings } = await open();
    const made = await meetings.create({
      clientToken: randomUUID(),
      externalMeetingId: `call-${randomUUID()}`,
      maxAttendees: 3,
    });
    if (!made.ok) throw new Error(made.error.code);
    const { meetingId } = made.value;
    const leg = { externalUserId: "telephone", capabilities: everyCapability };
    const seat = await meetings.addAttendee(meetingId, leg);
    if (!seat.ok) throw new Error(seat.error.code);
    const { joinToken } = seat.value;
    const call = await bridge.start({ meetingId, joinToken, callerContext: "signed.caller.context" });
    if (!call.ok) throw new Error(call.error.code);
    return { bridge, transactionId: call.value.transactionId };
  }

  describe("a bridge to the telephone network", () => {
    test("each call has a transaction of its own", async () => {
      const [a, b] = [await started(), await started()];
      expect(a.transactionId).not.toBe("");
      expect(a.transactionId).not.toBe(b.transactionId);
    });

    test("who hung up has hung up: then no key can be pressed, and hanging up again is done once", async () => {
      const { bridge, transactionId } = await started();
      for (const _ of [1, 2]) expect((await bridge.hangUp(transactionId)).ok).toBe(true);
      await expect
        .poll(() => bridge.pressKeys(transactionId, "1"), { timeout: 10_000 })
        .toEqual({ ok: false, error: { code: "BRIDGE_ENDED" } });
    });

    test("of a call that nobody knows, keys are refused and a goodbye is not", async () => {
      const { bridge } = await open();
      const ended = { ok: false, error: { code: "BRIDGE_ENDED" } };
      expect(await bridge.pressKeys(randomUUID(), "1")).toEqual(ended);
      expect((await bridge.hangUp(randomUUID())).ok).toBe(true);
    });
  });
}
