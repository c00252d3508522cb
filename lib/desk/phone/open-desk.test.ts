import { describe, expect, test, vi } from "vitest";
import type { CallMedia, MediaEvent } from "@/lib/call/media/media";
import { quietPhone, talkingOf } from "@/lib/ports/testing/memory-agent-door";
import { openDesk } from "./open-desk";
import { mayDo, type Phone, type PhoneAct, type PhoneNews } from "./phone";

const join = (attendeeId: string) => ({
  meeting: { meetingId: "m", externalMeetingId: "", mediaRegion: "", mediaPlacement: {} },
  attendee: { attendeeId, externalUserId: "agent", joinToken: "t" },
});
type Contact = NonNullable<Phone["contact"]>;
const phoneWith = (contact: Partial<Contact> | null): Phone => ({
  ...quietPhone,
  contact: contact && { ...talkingOf("c1"), join: join("a1"), ...contact },
});

function givenDesk({ refuses = false } = {}) {
  let tellPhone: (news: PhoneNews) => void = () => undefined;
  let tellTab: (here: boolean) => void = () => undefined;
  let tellMedia: (event: MediaEvent) => void = () => undefined;
  const did: string[] = [];
  const later: (() => void)[] = [];
  const stopped = vi.fn();
  const stream = {
    getTracks: () => [{ stop: stopped }],
    getVideoTracks: () => [],
  } as unknown as MediaStream;
  const media = {
    connect: async (where: ReturnType<typeof join>, told: (event: MediaEvent) => void) => {
      did.push(`connect ${where.attendee.attendeeId}`);
      tellMedia = told;
    },
    hangUp: () => void did.push("hang up"),
    setMicrophone: async (given: MediaStream | null) => void did.push(given ? "microphone" : "listen"),
    publish: async ({ microphone }: { microphone: boolean }) => void did.push(`speak ${microphone}`),
  } as unknown as CallMedia;
  const acts: PhoneAct[] = [];
  const desk = openDesk({
    phone: {
      voices: "page",
      follow(told) {
        tellPhone = told;
        return () => undefined;
      },
      async act(act) {
        acts.push(act);
        return act.act === "accept" ? { ok: true, phone: phoneWith({}) } : { ok: false, say: "Too late." };
      },
    },
    media,
    openDevices: async () => {
      if (refuses) throw new DOMException("no", "NotAllowedError");
      return stream;
    },
    oneTab(told) {
      tellTab = told;
      return { take: () => told(true), stop: () => undefined };
    },
    after: (_ms, run) => {
      later.push(run);
      return () => undefined;
    },
  });
  const close = desk.start();
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    desk,
    close,
    did,
    acts,
    stopped,
    runLater() {
      for (const run of later.splice(0)) run();
    },
    tab(here: boolean) {
      tellTab(here);
      return settle();
    },
    phone: async (contact: Partial<Contact> | null) => {
      tellPhone({ line: "live", phone: phoneWith(contact), aheadMs: 0 });
      await settle();
    },
    news: (news: PhoneNews) => tellPhone(news),
    media(event: MediaEvent) {
      tellMedia(event);
      return settle();
    },
  };
}
const connected: MediaEvent = { type: "media-connected", atMs: 0 };
const stoppedBy = (why: "lost" | "elsewhere"): MediaEvent => ({ type: "media-stopped", why, atMs: 0 });
async function givenTalk() {
  const given = givenDesk();
  await given.tab(true);
  await given.phone({});
  await given.media(connected);
  return given;
}

describe("the voices follow the phone", () => {
  test("joined once the call is this agent's, with a microphone that speaks; a reload finds the same way in", async () => {
    const { desk, did } = await givenTalk();
    expect(did).toEqual(["hang up", "microphone", "connect a1", "speak true"]);
    expect(desk.state()).toMatchObject({ voice: "on", microphone: "on" });
  });

  test("silent while muted and on hold, and heard again after", async () => {
    const { did, phone } = await givenTalk();
    did.length = 0;
    await phone({ muted: true });
    await phone({ held: true });
    await phone({});
    expect(did).toEqual(["speak false", "speak false", "speak true"]);
  });

  test("heard by a colleague who is asked, while the caller is on hold; not while it rings there", async () => {
    const { did, phone, media } = await givenTalk();
    did.length = 0;
    const asking = { as: "asking" as const, with: "Bob" };
    await phone({ held: true, consultation: { ...asking, phase: "ringing" } });
    await phone({ held: true, consultation: { ...asking, phase: "talking" }, join: join("a2") });
    await media(connected);
    await phone({});
    await media(connected);
    expect(did.filter((one) => /connect|speak/.test(one))).toEqual([
      "speak false",
      "connect a2",
      "speak true",
      "connect a1",
      "speak true",
    ]);
  });

  test("left when the call is over or handed on, and the microphone is closed", async () => {
    const { desk, did, phone, stopped } = await givenTalk();
    await phone({ phase: "wrap-up", join: null, endedAt: "2026-11-22T15:05:00.000Z" });
    expect(did.at(-1)).toBe("hang up");
    expect(stopped).toHaveBeenCalledTimes(1);
    expect(desk.state()).toMatchObject({ voice: "off", microphone: "unasked" });
  });

  test("not left while the contact centre is away, or we are; what was known stays up", async () => {
    const { desk, did, news } = await givenTalk();
    did.length = 0;
    for (const line of ["away", "lost"] as const) {
      news({ line });
      expect(desk.state()).toMatchObject({ line, voice: "on", phone: { contact: { contactId: "c1" } } });
    }
    expect(did).toEqual([]);
  });

  test("joined anew when the line broke, and only as long as the call is there", async () => {
    const { did, media, phone, runLater, desk } = await givenTalk();
    did.length = 0;
    await media(stoppedBy("lost"));
    expect(desk.state().voice).toBe("back-soon");
    runLater();
    await phone({});
    expect(did.filter((one) => one.startsWith("connect"))).toEqual(["connect a1"]);
    await media(stoppedBy("lost"));
    await phone(null);
    did.length = 0;
    runLater();
    expect(did).toEqual([]);
  });

  test("joined by listening alone where the microphone is refused, and said", async () => {
    const { desk, did, tab, phone } = givenDesk({ refuses: true });
    await tab(true);
    await phone({});
    expect(did).toContain("listen");
    expect(desk.state().microphone).toBe("refused");
  });
});

describe("of several tabs and devices one speaks", () => {
  test("a tab that is not the one joins nothing, and joins when it takes over", async () => {
    const { desk, did, tab, phone } = givenDesk();
    await tab(false);
    await phone({});
    expect(did.filter((one) => one.startsWith("connect"))).toEqual([]);
    desk.takeOver();
    await phone({});
    expect(did.filter((one) => one.startsWith("connect"))).toEqual(["connect a1"]);
  });

  test("a tab whose place was taken leaves", async () => {
    const { desk, did, tab } = await givenTalk();
    await tab(false);
    expect(did.at(-1)).toBe("hang up");
    expect(desk.state()).toMatchObject({ here: false, voice: "off" });
  });

  test("a device that takes the voices keeps them until this one asks for them", async () => {
    const { desk, did, media, phone } = await givenTalk();
    await media(stoppedBy("elsewhere"));
    did.length = 0;
    await phone({});
    expect(desk.state().voice).toBe("elsewhere");
    expect(did).toEqual([]);
    desk.takeOver();
    await phone({});
    expect(did).toContain("connect a1");
  });
});

describe("a press", () => {
  test("goes out once, however often it is pressed, and what it brought is shown at once", async () => {
    const { desk, acts, tab } = givenDesk();
    await tab(true);
    const both = [desk.act({ act: "accept", contactId: "c1" }), desk.act({ act: "accept", contactId: "c1" })];
    expect(await Promise.all(both)).toEqual([true, false]);
    expect(acts).toHaveLength(1);
    expect(desk.state().phone?.contact?.phase).toBe("connected");
  });

  test("that did nothing says why, until another call is there", async () => {
    const { desk, tab, phone } = givenDesk();
    await tab(true);
    await phone({});
    await desk.act({ act: "hold", contactId: "c1" });
    expect(desk.state().refused).toBe("Too late.");
    await phone({ contactId: "c2" });
    expect(desk.state().refused).toBeNull();
  });

  test("of a call that came back here, after it was handed on, is one of another call", async () => {
    const { desk, tab, phone } = givenDesk();
    await tab(true);
    await phone({});
    await phone({ muted: true });
    expect(desk.state().arrivals).toBe(1);
    await desk.act({ act: "hold", contactId: "c1" });
    await phone({ phase: "wrap-up" });
    await phone({ phase: "ringing" });
    expect(desk.state()).toMatchObject({ arrivals: 2, refused: null });
  });

  test("is offered only where it means something", () => {
    expect([...mayDo(phoneWith(null))]).toEqual(["status"]);
    expect([...mayDo(phoneWith({ phase: "ringing" }))]).toEqual(["status", "accept", "reject"]);
    expect([...mayDo(phoneWith({ held: true, muted: true }))].sort()).toEqual(
      ["consult", "hang-up", "resume", "status", "transfer", "unmute"].sort(),
    );
    const consulting = (as: "asking" | "asked", phase: "ringing" | "talking") =>
      [...mayDo(phoneWith({ consultation: { as, phase, with: "Bob" } }))].sort();
    expect(consulting("asking", "ringing")).toEqual(["mute", "status", "take-back"]);
    expect(consulting("asking", "talking")).toEqual(["hand-over", "mute", "status", "take-back"]);
    expect(consulting("asked", "talking")).toEqual(["leave", "mute", "status"]);
    expect([...mayDo(phoneWith({ phase: "wrap-up" }))]).toEqual(["status", "finish"]);
  });
});
