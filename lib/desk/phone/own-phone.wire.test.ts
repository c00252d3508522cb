import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type LaptopProcess, startLaptopProcess } from "@/e2e/laptop-process";
import { connectContactCentre } from "@/lib/adapters/aws/connect-contact-centre";
import { connectDeskWitness } from "@/lib/adapters/aws/connect-desk-witness";
import { laptopAgentDoor } from "@/lib/adapters/laptop/agent-door";
import { later } from "@/lib/call/later";
import type { Env } from "@/lib/env";
import type { AgentDoor, DeskAgent, PhoneAct } from "@/lib/ports/agent-door";
import { ownPhone } from "./own-phone";
import { deskPhoneContract } from "./testing/desk-phone.contract";

const secret = "the-desk-knows-it";
let laptop: LaptopProcess;
let env: Env;
let door: AgentDoor;
beforeAll(async () => {
  laptop = await startLaptopProcess({ LAPTOP_AGENT_SECRET: secret });
  env = {
    CLOUD: "local",
    AWS_ENDPOINT_URL: laptop.url,
    AWS_REGION: "us-east-1",
    CONNECT_INSTANCE_ID: "11111111-1111-4111-8111-111111111111",
    CONNECT_VIDEO_FLOW_ID: "22222222-2222-4222-8222-222222222222",
    CONNECT_SUPPORT_FLOW_ID: "33333333-3333-4333-8333-333333333333",
    LAPTOP_AGENT_SECRET: secret,
  } as Env;
  door = laptopAgentDoor({ env });
});
afterAll(() => laptop.stop());

/** The two doors of the desk as their routes have them, without the web between. */
function phoneOf(agent: DeskAgent) {
  return ownPhone(
    {
      openEvents() {
        let stop: () => void = () => undefined;
        const source = {
          readyState: 1,
          addEventListener(name: string, run: (event: object) => void) {
            if (name !== "state") return;
            const send = async () => {
              const phone = await door.look(agent);
              const data = { now: new Date().toISOString(), phone: phone.ok ? phone.value : null };
              run({ data: JSON.stringify(data) });
            };
            stop = door.follow(agent, () => void send());
            void send();
          },
          close: () => stop(),
        };
        return source as unknown as EventSource;
      },
      fetch: async (_url, init) => {
        const acted = await door.act(agent, JSON.parse(String(init?.body)) as PhoneAct);
        return acted.ok
          ? Response.json(acted.value)
          : Response.json({ title: acted.error.code }, { status: 409 });
      },
      after: later,
      now: () => Date.now(),
    },
    { unheard: "No answer." },
  );
}
const newAgent = (): DeskAgent => ({ staffId: randomUUID(), name: "Dr. Jane", calls: "both" });
const centre = () => connectContactCentre({ env });

/** A visit's patient, who goes straight to this very clinician. */
async function ringAt({ staffId }: DeskAgent): Promise<string> {
  const user = await centre().findAgent(staffId);
  const started = await centre().startWebRtcContact({
    clientToken: randomUUID(),
    flow: "video",
    displayName: "Visitor",
    attributes: { visit_ref: "1", clinician_agent: (user.ok && user.value) || "" },
    video: true,
  });
  if (!started.ok) throw new Error(started.error.code);
  return started.value.contactId;
}

deskPhoneContract("our own server, before the laptop cloud", async () => {
  const agent = newAgent();
  return {
    phone: phoneOf(agent),
    ring: () => ringAt(agent),
    callerLeaves: async (contactId) => void (await centre().stopContact(contactId)),
  };
});

test("what Connect says of a desk: how far a call is there, and at no other's", async () => {
  const [agent, other] = [newAgent(), newAgent()];
  const witness = connectDeskWitness({ env });
  const phaseOf = async (whose: DeskAgent, contactId: string) => {
    const phase = await witness(whose, contactId);
    return phase.ok ? phase.value : phase.error.code;
  };
  expect(await phaseOf(agent, randomUUID())).toBeNull(); // who never was at a desk
  await door.act(agent, { act: "status", status: "Available" });
  await door.act(other, { act: "status", status: "Offline" });
  const contactId = await ringAt(agent);
  await vi.waitFor(async () => expect(await phaseOf(agent, contactId)).toBe("ringing"));
  await door.act(agent, { act: "accept", contactId });
  expect(await phaseOf(agent, contactId)).toBe("connected");
  expect(await phaseOf(other, contactId)).toBeNull();
  expect(await phaseOf(agent, randomUUID())).toBeNull();
  await door.act(agent, { act: "hold", contactId });
  expect(await phaseOf(agent, contactId)).toBe("connected");
  await door.act(agent, { act: "hang-up", contactId });
  expect(await phaseOf(agent, contactId)).toBe("wrap-up");
  await door.act(agent, { act: "finish", contactId });
  expect(await phaseOf(agent, contactId)).toBeNull();
  const away = connectDeskWitness({ env: { ...env, AWS_ENDPOINT_URL: "http://127.0.0.1:1" } });
  expect(await away(agent, contactId)).toMatchObject({ ok: false, error: { code: "PHONE_AWAY" } });
});
