import { describe, expect, test } from "vitest";
import { later } from "@/lib/call/later";
import type { NotedAct } from "@/lib/ports/agent-door";
import type { PhoneNews } from "../phone";
import { deskPhoneContract } from "../testing/desk-phone.contract";
import { fakeStreams } from "../testing/fake-streams";
import { streamsPhone } from "./streams-phone";

const frame = { replaceChildren: () => undefined } as unknown as HTMLElement;
const settle = () => new Promise((resolve) => setImmediate(resolve));

function givenPanel() {
  const fake = fakeStreams();
  const noted: NotedAct[] = [];
  const notedAt: (string | undefined)[] = [];
  const phone = streamsPhone(
    {
      load: async () => fake.streams,
      frame: () => frame,
      ccpUrl: "https://clinic.my.connect.aws/ccp-v2",
      frameTitle: "Panel",
      note: async (act) => {
        noted.push(act);
        notedAt.push(fake.call(act.contactId)?.type);
      },
      now: () => Date.now(),
      after: later,
    },
    { unheard: "No answer.", declined: "Connect said no.", notHere: "That call is not here." },
  );
  const heard: PhoneNews[] = [];
  return { ...fake, phone, noted, notedAt, heard, follow: () => phone.follow((news) => heard.push(news)) };
}
async function givenTalk(given: Parameters<ReturnType<typeof fakeStreams>["ring"]>[0] = {}) {
  const panel = givenPanel();
  const stop = panel.follow();
  await settle();
  panel.signIn();
  const contactId = panel.ring(given);
  await panel.phone.act({ act: "accept", contactId });
  panel.noted.length = 0;
  return { ...panel, contactId, stop };
}
const last = (heard: PhoneNews[]) => heard.at(-1);

deskPhoneContract("Amazon Connect's own panel", async () => {
  const { phone, signIn, ring, callerLeaves } = givenPanel();
  const { follow } = phone;
  return {
    phone: {
      ...phone,
      follow(told) {
        const stop = follow(told);
        void settle().then(signIn);
        return stop;
      },
    },
    ring: async () => ring(),
    callerLeaves,
  };
});

describe("the panel in the page", () => {
  test("has sound and picture in its frame, opens no window by itself, and is taken down with the page", async () => {
    const { follow, options, isOpen } = givenPanel();
    const stop = follow();
    await settle();
    expect(options).toMatchObject([
      {
        ccpUrl: "https://clinic.my.connect.aws/ccp-v2",
        loginPopup: false,
        softphone: { allowFramedSoftphone: true, allowFramedVideoCall: true },
      },
    ]);
    stop();
    expect(isOpen()).toBe(false);
  });

  test("says when somebody must sign in to it, when it is kept out, and goes on by itself once they have", async () => {
    const { follow, happens, heard, signIn } = givenPanel();
    follow();
    await settle();
    happens("ack_timeout");
    expect(last(heard)).toEqual({ line: "sign-in" });
    happens("retries exhausted");
    expect(last(heard)).toEqual({ line: "blocked" });
    happens("access denied");
    expect(last(heard)).toEqual({ line: "denied" });
    signIn();
    expect(last(heard)).toMatchObject({ line: "live" });
  });

  test("that loses its service keeps what was known, and is live again after", async () => {
    const { heard, happens, contactId } = await givenTalk();
    happens("socket lost");
    expect(last(heard)).toEqual({ line: "away" });
    happens("socket back");
    expect(last(heard)).toMatchObject({
      line: "live",
      phone: { contact: { contactId, phase: "connected" } },
    });
  });

  test("whose script does not come is a page that has lost its connection", async () => {
    const heard: PhoneNews[] = [];
    streamsPhone(
      {
        load: async () => Promise.reject(new Error("blocked")),
        frame: () => frame,
        ccpUrl: "",
        frameTitle: "",
        note: async () => undefined,
        now: () => 0,
        after: later,
      },
      { unheard: "", declined: "", notHere: "" },
    ).follow((news) => heard.push(news));
    await settle();
    expect(heard).toEqual([{ line: "lost" }]);
  });

  test("offers whom a quick connect leads to, and no telephone", async () => {
    const { heard } = await givenTalk();
    expect(last(heard)).toMatchObject({
      phone: {
        transfers: [
          { kind: "queue", name: "Standard" },
          { kind: "agent", name: "Dr. Ann" },
        ],
      },
    });
  });
});

describe("a colleague is asked by the panel", () => {
  async function givenConsultation() {
    const talk = await givenTalk();
    const to = { kind: "agent" as const, id: "arn:agent/Dr. Ann" };
    expect(await talk.phone.act({ act: "consult", contactId: talk.contactId, to })).toMatchObject({
      ok: true,
    });
    const contact = () => {
      const news = last(talk.heard);
      return news?.line === "live" ? news.phone.contact : null;
    };
    return { ...talk, contact, to };
  }

  test("while the caller is on hold; who is asked takes the call, which is not over", async () => {
    const { phone, third, contact, contactId, noted, call, to } = await givenConsultation();
    expect(contact()).toMatchObject({
      held: true,
      consultation: { as: "asking", phase: "ringing", with: "Dr. Ann" },
    });
    expect(await phone.act({ act: "hand-over", contactId })).toMatchObject({ ok: false });
    third(contactId, "answer");
    expect(contact()).toMatchObject({ consultation: { phase: "talking" } });
    await phone.act({ act: "hand-over", contactId });
    expect(contact()).toMatchObject({ phase: "wrap-up", endedAt: null, consultation: null });
    expect(call(contactId)?.caller).not.toBe("disconnected");
    expect(noted).toEqual([
      { act: "consult", contactId, to },
      { act: "hand-over", contactId },
    ]);
  });

  test("and the caller is spoken with again, whether or not the colleague had answered, or has left", async () => {
    for (const before of [null, "answer", "leave"] as const) {
      const { phone, third, contact, contactId, noted } = await givenConsultation();
      if (before) third(contactId, before);
      if (before === "leave") expect(contact()).toMatchObject({ held: true, consultation: null });
      await phone.act({ act: before === "leave" ? "resume" : "take-back", contactId });
      expect(contact()).toMatchObject({ phase: "connected", held: false, consultation: null });
      expect(noted.at(-1)).toEqual({ act: before === "leave" ? "resume" : "take-back", contactId });
    }
  });
});

describe("what our own server is told", () => {
  test("is what is seen to happen, also by a press in the panel itself", async () => {
    const { noted, inPanel, ring, follow, signIn } = givenPanel();
    follow();
    await settle();
    signIn();
    const contactId = ring();
    inPanel(contactId).accept();
    await settle();
    inPanel(contactId).getActiveInitialConnection()?.hold();
    await settle();
    inPanel(contactId).getActiveInitialConnection()?.resume();
    await settle();
    expect(noted).toEqual([
      { act: "accept", contactId },
      { act: "hold", contactId },
      { act: "resume", contactId },
    ]);
  });

  test("comes before a hang-up, so that a visit ends before its contact; each once", async () => {
    const { phone, noted, notedAt, contactId } = await givenTalk({ video: true });
    await phone.act({ act: "hang-up", contactId });
    await phone.act({ act: "finish", contactId });
    expect(noted).toEqual([
      { act: "hang-up", contactId },
      { act: "finish", contactId },
    ]);
    expect(notedAt.slice(-2)).toEqual(["connected", "ended"]);
  });

  test("is nothing of a page that is loaded in mid-call: it was told before", async () => {
    const { contactId, noted, signIn, stop, follow } = await givenTalk();
    stop();
    follow();
    await settle();
    signIn();
    expect(noted).toEqual([]);
    expect(contactId).toBeTruthy();
  });
});

test("keys are the caller's connection's", async () => {
  const { phone, contactId, call } = await givenTalk();
  await phone.act({ act: "keys", contactId, keys: "4#" });
  expect(call(contactId)?.digits).toBe("4#");
});

test("a refusal of the panel is told in words, and an act before anybody is signed in too", async () => {
  const { phone, contactId } = await givenTalk();
  expect(await phone.act({ act: "resume", contactId })).toEqual({ ok: false, say: "Connect said no." });
  expect(await phone.act({ act: "accept", contactId: "other" })).toEqual({
    ok: false,
    say: "That call is not here.",
  });
  expect(await givenPanel().phone.act({ act: "status", status: "Available" })).toEqual({
    ok: false,
    say: "No answer.",
  });
});
