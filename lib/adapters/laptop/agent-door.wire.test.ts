import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type LaptopProcess, startLaptopProcess } from "@/e2e/laptop-process";
import type { Env } from "@/lib/env";
import type { Result } from "@/lib/kernel/result";
import type { AgentDoor, DeskAgent, Phone } from "@/lib/ports/agent-door";
import { connectContactCentre } from "../aws/connect-contact-centre";
import { laptopAgentDoor } from "./agent-door";

const secret = "the-desk-knows-it";
let laptop: LaptopProcess;
let door: AgentDoor;
beforeAll(async () => {
  laptop = await startLaptopProcess({ LAPTOP_AGENT_SECRET: secret });
  door = openDoor(secret);
});
afterAll(() => laptop.stop());

function granted<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}
const refused = (result: Result<unknown>) => (result.ok ? null : result.error.code);
const openDoor = (secret: string, url = laptop.url) =>
  laptopAgentDoor({ env: { AWS_ENDPOINT_URL: url, LAPTOP_AGENT_SECRET: secret } });
const openCentre = () =>
  connectContactCentre({
    env: {
      CLOUD: "local",
      AWS_ENDPOINT_URL: laptop.url,
      AWS_REGION: "us-east-1",
      CONNECT_INSTANCE_ID: "11111111-1111-4111-8111-111111111111",
      CONNECT_VIDEO_FLOW_ID: "22222222-2222-4222-8222-222222222222",
      CONNECT_SUPPORT_FLOW_ID: "33333333-3333-4333-8333-333333333333",
    } as Env,
  });
/** A visit's patient, who goes straight to whoever takes visits. */
async function call(): Promise<string> {
  const started = await openCentre().startWebRtcContact({
    clientToken: randomUUID(),
    flow: "video",
    displayName: "Visitor",
    attributes: { visit_ref: "1" },
    video: true,
  });
  return granted(started).contactId;
}
const newAgent = (): DeskAgent => ({ staffId: randomUUID(), name: "Dr. Jane", calls: "visits" });
const look = async (agent: DeskAgent): Promise<Phone> => granted(await door.look(agent));
const contactOf = async (agent: DeskAgent) => (await look(agent)).contact;

test("a call rings at the agent who is there, is theirs with a way into its meeting, and leaves nothing when it is finished", async () => {
  const agent = newAgent();
  const changed = vi.fn();
  const stop = door.follow(agent, changed);
  expect(await look(agent)).toMatchObject({
    agent: { status: "Offline", state: "free" },
    contact: null,
    queues: [{ name: "Visits", waiting: 0 }],
  });
  granted(await door.act(agent, { act: "status", status: "Available" }));
  changed.mockClear();
  const contactId = await call();
  await vi.waitFor(() => expect(changed).toHaveBeenCalled());
  await vi.waitFor(async () =>
    expect(await contactOf(agent)).toMatchObject({ contactId, phase: "ringing", join: null }),
  );

  granted(await door.act(agent, { act: "accept", contactId }));
  const contact = await contactOf(agent);
  expect(contact).toMatchObject({
    phase: "connected",
    video: true,
    join: {
      meeting: { meetingId: expect.any(String), mediaPlacement: { signalingUrl: expect.any(String) } },
      attendee: { attendeeId: expect.any(String), joinToken: expect.any(String) },
    },
  });
  // Who is calling is not the contact's to say.
  expect(Object.keys(contact ?? {})).not.toEqual(expect.arrayContaining(["displayName"]));
  expect(Object.keys(contact ?? {})).not.toEqual(expect.arrayContaining(["attributes"]));
  for (const [act, is] of [
    ["mute", { muted: true }],
    ["hold", { held: true }],
    ["resume", { held: false }],
  ] as const)
    expect(granted(await door.act(agent, { act, contactId })).contact).toMatchObject(is);

  expect(granted(await door.act(agent, { act: "hang-up", contactId })).contact).toMatchObject({
    phase: "wrap-up",
    endedAt: expect.any(String),
    join: null,
  });
  expect(granted(await door.act(agent, { act: "finish", contactId })).contact).toBeNull();
  granted(await door.act(agent, { act: "status", status: "Offline" }));
  stop();
});

test("another agent's call is nobody else's, nor is a late press; a call may be handed to who is there", async () => {
  const [one, other] = [newAgent(), newAgent()];
  granted(await door.act(one, { act: "status", status: "Available" }));
  const contactId = await call();
  await vi.waitFor(async () => expect(await contactOf(one)).toMatchObject({ contactId }));
  expect(refused(await door.act(other, { act: "accept", contactId }))).toBe("NOT_AT_DESK");
  granted(await door.act(one, { act: "accept", contactId }));
  expect(refused(await door.act(one, { act: "accept", contactId }))).toBe("NOT_AT_DESK");

  granted(await door.act(other, { act: "status", status: "Available" }));
  const to = (await look(one)).transfers.find(({ kind }) => kind === "agent");
  expect(
    refused(await door.act(one, { act: "transfer", contactId, to: { kind: "agent", id: "nobody" } })),
  ).toBe("CHOICE_UNKNOWN");
  const handed = granted(await door.act(one, { act: "transfer", contactId, to: to! }));
  expect(handed.contact).toMatchObject({ phase: "wrap-up", endedAt: null });
  await vi.waitFor(async () => expect(await contactOf(other)).toMatchObject({ phase: "ringing" }));

  // To the contact centre it is another contact, of the same call: which stands, and ends by its first name.
  const next = (await contactOf(other))?.contactId ?? "";
  expect(next).not.toBe(contactId);
  const centre = openCentre();
  const stateOf = async (id: string) => granted(await centre.describeContact(id));
  expect(await stateOf(next)).toMatchObject({ firstContactId: contactId, initiationMethod: "TRANSFER" });
  expect(await stateOf(contactId)).toMatchObject({ firstContactId: contactId, disconnectedAt: null });
  granted(await centre.stopContact(contactId));
  await vi.waitFor(async () => expect(await contactOf(other)).toBeNull());
  expect((await stateOf(contactId)).disconnectedAt).toEqual((await stateOf(next)).disconnectedAt);
  granted(await centre.stopContact(contactId));
});

test("a wrong secret lets nobody in, and a laptop that is away is said so", async () => {
  await expect(openDoor("guessed").look(newAgent())).rejects.toThrow("401");
  expect(refused(await openDoor(secret, "http://127.0.0.1:1").look(newAgent()))).toBe("PHONE_AWAY");
});
