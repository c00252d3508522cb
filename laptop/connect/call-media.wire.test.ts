import { randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";
import { afterEach, expect, test } from "vitest";
import { type Chime, startChime } from "../chime/index";
import { ear, play } from "../chime/testing/tone";
import { type Connect, startConnect } from "./index";
import { openKeypad } from "./sound/keypad";
import { frameSamples, samplesPerSecond } from "./sound/line";

const instanceId = "11111111-1111-4111-8111-111111111111";
const supportFlow = "33333333-3333-4333-8333-333333333333";

const agentSecret = "of-the-desk";

let chime: Chime;
let connect: Connect;
afterEach(async () => {
  connect.close();
  await chime.close();
});

/** Connect over real media, and a caller in it. `asked`: what the Lambda for account numbers was given. */
async function callSupport(context: { auth_status: string; first_name?: string }) {
  chime = await startChime({ secret: randomBytes(32), publicUrl: () => "http://127.0.0.1", log() {} });
  const asked: unknown[] = [];
  connect = startConnect({
    contacts: { load: undefined, save() {} },
    desk: { load: undefined, save() {} },
    meetings: chime,
    lambdas: {
      async invoke(functionArn, event) {
        if (functionArn.endsWith("extract-auth-context")) return { ok: true, payload: context };
        asked.push((event as { Details: { Parameters: unknown } }).Details.Parameters);
        return { ok: true, payload: { auth_status: "unknown" } };
      },
    },
    openLine: chime.openLine,
    instanceId,
    flowIds: ["video", supportFlow],
    region: "us-east-1",
    agentSecret,
    quotas: false,
    now: Date.now,
    log() {},
  });
  const nothing = { method: "PUT", path: "", query: new URLSearchParams(), headers: {}, body: Buffer.of() };
  await connect.handle("StartWebRTCContact", nothing, () => ({
    InstanceId: instanceId,
    ContactFlowId: supportFlow,
    ParticipantDetails: { DisplayName: "Customer" },
  }));
  const [contact] = connect.contacts();
  const joinToken = String(contact?.attendee.JoinToken);
  const caller = await chime.openLine(String(contact?.meeting.MeetingId), { joinToken });
  return { caller, asked, contact };
}

/** The agents' door, past its HTTP. */
async function door(step: string, bearer: string, body: object) {
  const answer = await connect.agentDoor(
    {
      method: "POST",
      path: `/_laptop/connect/agents${step}`,
      query: new URLSearchParams(),
      headers: { authorization: `Bearer ${bearer}` },
      body: Buffer.from(JSON.stringify(body)),
    },
    {} as ServerResponse,
  );
  return JSON.parse(String(answer?.body)) as {
    token: string;
    agentId: string;
    contact: { media: { meeting: { MeetingId: string }; attendee: { JoinToken: string } } };
  };
}

/** An agent at whom calls ring. */
async function signIn(username: string) {
  const { token, agentId } = await door("", agentSecret, { username, name: username });
  await door("/me/status", token, { status: "Available" });
  return { agentId, act: (act: string, body: object) => door(`/me/${act}`, token, body) };
}

const loudnessOf = (frame: Int16Array) =>
  Math.sqrt(frame.reduce((sum, sample) => sum + sample * sample, 0) / frame.length);

test("a caller hears the chime of a prompt in the call itself", async () => {
  const { caller, contact } = await callSupport({ auth_status: "verified", first_name: "John" });
  await new Promise<void>((heard) => {
    caller.onSound((frame) => {
      if (loudnessOf(frame) > 300) heard();
    });
  });
  expect(contact?.words).toBe("Welcome back, John. Connecting you now.");
});

test("the tones of a caller's telephone are an account number", async () => {
  const { caller, asked, contact } = await callSupport({ auth_status: "failed" });
  const tones: Record<string, [number, number]> = { "4": [770, 1209], "7": [852, 1209], "#": [941, 1477] };
  const pressed = [..."47#"].flatMap((key) => [...Array.from({ length: 6 }, () => key), "", "", "", ""]);
  await expect.poll(() => contact?.words).toContain("enter your account number");
  await expect.poll(() => contact?.customerSeenAt).not.toBeNull();
  let at = 0;
  const quiet = play(0, () => {
    const [low = 0, high = 0] = tones[pressed[at] ?? ""] ?? [];
    const tone = (hertz: number, index: number) =>
      5_000 * Math.sin((2 * Math.PI * hertz * (at * frameSamples + index)) / samplesPerSecond);
    caller.write(
      Int16Array.from({ length: frameSamples }, (_, index) => tone(low, index) + tone(high, index)),
    );
    at += 1;
  });
  // On a machine that stumbles, one long press may be heard as two.
  await expect
    .poll(() => asked, { timeout: 8_000 })
    .toEqual([{ account_number: expect.stringMatching(/^4+7+$/) }]);
  quiet();
});

test("caller and agent hear each other; on hold neither does; a transfer and a hang-up are over within a second", async () => {
  const { caller, contact } = await callSupport({ auth_status: "verified", first_name: "John" });
  const contactId = contact?.contactId ?? "";
  const MeetingId = String(contact?.meeting.MeetingId);
  const soon = { timeout: 4_000, interval: 10 };
  const within = { timeout: 1_000, interval: 10 };
  const [ann, bob] = [await signIn("ann"), await signIn("bob")];

  /** Takes the call, and speaks with this tone. */
  async function take(agent: typeof ann, hz: number, taken = contactId) {
    const { media } = (await agent.act("accept", { contactId: taken })).contact;
    const line = await chime.openLine(MeetingId, { joinToken: media.attendee.JoinToken });
    let isOver = false;
    line.onEnd(() => {
      isOver = true;
    });
    const hush = play(hz, (frame) => line.write(frame));
    return { heard: ear((frame) => line.onSound(frame)), hush, isOver: () => isOver };
  }

  const first = await take(ann, 600);
  const typed: string[] = [];
  const keypad = openKeypad((key) => typed.push(key));
  const hears = ear((hear) =>
    caller.onSound((frame) => {
      hear(frame);
      keypad(frame);
    }),
  );
  const quiet = play(400, (frame) => caller.write(frame));
  await expect.poll(() => hears.share(600), soon).toBeGreaterThan(0.8);
  await expect.poll(() => first.heard.share(400), soon).toBeGreaterThan(0.8);

  await ann.act("hold", { contactId });
  await expect.poll(() => Math.max(hears.share(600), first.heard.share(400)), soon).toBeLessThan(0.1);
  await ann.act("resume", { contactId });
  await expect.poll(() => hears.share(600), soon).toBeGreaterThan(0.8);
  first.hush();
  await ann.act("keys", { contactId, keys: "4#" });
  await expect.poll(() => typed.join(""), within).toBe("4#");

  await ann.act("transfer", { contactId, agentId: bob.agentId });
  await expect.poll(first.isOver, within).toBe(true);
  first.hush();
  const next = contact?.nextContactId ?? "";
  const second = await take(bob, 800, next);
  await expect.poll(() => hears.share(800), soon).toBeGreaterThan(0.8);

  let isCallOver = false;
  caller.onEnd(() => {
    isCallOver = true;
  });
  await bob.act("hang-up", { contactId: next });
  await expect.poll(() => isCallOver && second.isOver(), within).toBe(true);
  second.hush();
  quiet();
});

test("a colleague who is asked and the agent hear each other, the caller hears music and neither; handed over, caller and colleague hear each other", async () => {
  const { caller, contact } = await callSupport({ auth_status: "verified", first_name: "John" });
  const contactId = contact?.contactId ?? "";
  const soon = { timeout: 4_000, interval: 10 };
  const within = { timeout: 1_000, interval: 10 };
  const [ann, bob] = [await signIn("ann"), await signIn("bob")];
  const lines: Array<() => void> = [];
  /** Joins where this screen says, and speaks with this tone. */
  async function speak(
    { media }: { media: { meeting: { MeetingId: string }; attendee: { JoinToken: string } } },
    hz: number,
  ) {
    const line = await chime.openLine(media.meeting.MeetingId, { joinToken: media.attendee.JoinToken });
    lines.push(
      play(hz, (frame) => line.write(frame)),
      () => line.close(),
    );
    return ear((frame) => line.onSound(frame));
  }
  await ann.act("accept", { contactId });
  const hears = ear((frame) => caller.onSound(frame));
  lines.push(play(400, (frame) => caller.write(frame)));
  await ann.act("consult", { contactId, agentId: bob.agentId });
  const bobHears = await speak((await bob.act("accept", { contactId })).contact, 800);
  const annHears = await speak((await ann.act("mute", { contactId })).contact, 600);
  await expect.poll(() => annHears.share(800), soon).toBeGreaterThan(0.8);
  await expect.poll(() => bobHears.share(600), soon).toBeGreaterThan(0.8);
  expect(Math.max(hears.share(600), hears.share(800))).toBeLessThan(0.1);
  expect(Math.max(annHears.share(400), bobHears.share(400))).toBeLessThan(0.1);
  expect(contact?.words).toContain("Music");

  await ann.act("hand-over", { contactId });
  const taken = (await bob.act("unmute", { contactId })).contact;
  const bobWithCaller = await speak(taken, 800);
  await expect.poll(() => hears.share(800), within).toBeGreaterThan(0.8);
  await expect.poll(() => bobWithCaller.share(400), within).toBeGreaterThan(0.8);
  for (const close of lines) close();
});
