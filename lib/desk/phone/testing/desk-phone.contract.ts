import { describe, expect, test, vi } from "vitest";
import type { DeskPhone, Phone, PhoneAct, PhoneNews } from "../phone";

/** A desk's phone and the world around it. The agent is signed in and `Offline`. */
export type DeskWorld = {
  phone: DeskPhone;
  /** A caller comes, and rings at this agent. */
  ring(): Promise<string>;
  callerLeaves(contactId: string): Promise<void> | void;
};

/** What every desk's phone does, whoever speaks for it. */
export function deskPhoneContract(name: string, open: () => Promise<DeskWorld>): void {
  async function givenDesk() {
    const world = await open();
    let news: PhoneNews | null = null;
    const stop = world.phone.follow((told) => {
      news = told;
    });
    const phone = (): Phone => {
      if (news?.line !== "live") throw new Error(`The line is ${news?.line}`);
      return news.phone;
    };
    const act = async (what: PhoneAct) => {
      const acted = await world.phone.act(what);
      if (!acted.ok) throw new Error(`${what.act}: ${acted.say}`);
    };
    const sees = (fits: object) => vi.waitFor(() => expect(phone()).toMatchObject(fits), 5_000);
    await sees({ agent: { status: "Offline", state: "free" }, contact: null });
    await act({ act: "status", status: "Available" });
    await sees({ agent: { status: "Available", state: "free" } });
    return { ...world, act, sees, phone, stop, refused: (what: PhoneAct) => world.phone.act(what) };
  }
  async function givenTalk() {
    const desk = await givenDesk();
    const contactId = await desk.ring();
    await desk.sees({ contact: { contactId, phase: "ringing" } });
    await desk.act({ act: "accept", contactId });
    await desk.sees({ agent: { state: "busy" }, contact: { contactId, phase: "connected" } });
    return { ...desk, contactId };
  }

  describe(`a desk's phone: ${name}`, () => {
    test("rings, is taken, muted, held and let go, hung up, and finished; each is seen", async () => {
      const { act, sees, contactId, stop } = await givenTalk();
      for (const [what, fits] of [
        ["mute", { muted: true }],
        ["unmute", { muted: false }],
        ["hold", { held: true }],
        ["resume", { held: false }],
      ] as const) {
        await act({ act: what, contactId });
        await sees({ contact: fits });
      }
      await act({ act: "hang-up", contactId });
      await sees({ agent: { state: "wrap-up" }, contact: { phase: "wrap-up", endedAt: expect.any(String) } });
      await act({ act: "finish", contactId });
      await sees({ agent: { status: "Available", state: "free" }, contact: null });
      stop();
    });

    test("keys go into a call that is on, and into none that is held", async () => {
      const { act, sees, contactId, refused, stop } = await givenTalk();
      await act({ act: "keys", contactId, keys: "4" });
      await act({ act: "hold", contactId });
      await sees({ contact: { held: true } });
      expect(await refused({ act: "keys", contactId, keys: "7" })).toMatchObject({ ok: false });
      await act({ act: "hang-up", contactId });
      stop();
    });

    test("a call that is declined is missed: nothing rings until the agent says that they are there", async () => {
      const { act, sees, ring, stop } = await givenDesk();
      const contactId = await ring();
      await sees({ contact: { contactId, phase: "ringing" } });
      await act({ act: "reject", contactId });
      await sees({ agent: { state: "missed" }, contact: null });
      await act({ act: "status", status: "Available" });
      await sees({ agent: { status: "Available" } });
      stop();
    });

    test("a caller who leaves in mid-call leaves the agent their work; a press for them hits nobody", async () => {
      const { sees, callerLeaves, contactId, refused, act, stop } = await givenTalk();
      await callerLeaves(contactId);
      await sees({ contact: { phase: "wrap-up", endedAt: expect.any(String) } });
      expect(await refused({ act: "hold", contactId })).toEqual({
        ok: false,
        say: expect.stringMatching(/\w/),
      });
      expect(await refused({ act: "accept", contactId: "somebody-else" })).toMatchObject({ ok: false });
      await act({ act: "finish", contactId });
      await sees({ contact: null });
      stop();
    });

    test("what an agent chooses during a call holds from its end on", async () => {
      const { act, sees, contactId, stop } = await givenTalk();
      await act({ act: "status", status: "Break" });
      await sees({ agent: { state: "busy", nextStatus: "Break" } });
      await act({ act: "hang-up", contactId });
      await act({ act: "finish", contactId });
      await sees({ agent: { status: "Break", nextStatus: null, state: "free" } });
      stop();
    });

    test("a call that is handed on is not over, and leaves this desk its work", async () => {
      const { act, sees, phone, contactId, refused, stop } = await givenTalk();
      const to = { kind: "queue" as const, id: "nowhere" };
      expect(await refused({ act: "transfer", contactId, to })).toMatchObject({ ok: false });
      const queue = phone().transfers.find(({ kind }) => kind === "queue");
      await act({ act: "transfer", contactId, to: queue! });
      await sees({ contact: { contactId, phase: "wrap-up", endedAt: null } });
      await act({ act: "finish", contactId });
      stop();
    });
  });
}
