import { randomBytes } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { type Chime, startChime } from "../../chime/index";
import { type Connect, startConnect } from "../index";
import { frameMs, frameSamples, samplesPerSecond } from "./line";

const instanceId = "11111111-1111-4111-8111-111111111111";
const supportFlow = "33333333-3333-4333-8333-333333333333";

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
    agentSecret: "",
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
  const pressed = [..."47#"].flatMap((key) => [...Array.from({ length: 5 }, () => key), "", "", "", ""]);
  await expect.poll(() => contact?.words).toContain("enter your account number");
  await expect.poll(() => contact?.customerSeenAt).not.toBeNull();
  let at = 0;
  const speaking = setInterval(() => {
    const [low = 0, high = 0] = tones[pressed[at] ?? ""] ?? [];
    const tone = (hertz: number, index: number) =>
      5_000 * Math.sin((2 * Math.PI * hertz * (at * frameSamples + index)) / samplesPerSecond);
    caller.write(
      Int16Array.from({ length: frameSamples }, (_, index) => tone(low, index) + tone(high, index)),
    );
    at += 1;
  }, frameMs);
  await expect.poll(() => asked, { timeout: 8_000 }).toEqual([{ account_number: "47" }]);
  clearInterval(speaking);
});
