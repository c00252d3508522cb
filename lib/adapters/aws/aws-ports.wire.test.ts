import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type LaptopProcess, startLaptopProcess } from "@/e2e/laptop-process";
import type { Env } from "@/lib/env";
import { systemClock } from "@/lib/kernel/clock";
import { type E164, parsePhone } from "@/lib/kernel/phone";
import { cipherContract } from "@/lib/ports/contract/cipher.contract";
import { contactCentreContract } from "@/lib/ports/contract/contact-centre.contract";
import { meetingsContract } from "@/lib/ports/contract/meetings.contract";
import { type Delivered, mailerContract, texterContract } from "@/lib/ports/contract/messages.contract";
import { recorderContract } from "@/lib/ports/contract/recorder.contract";
import { signerContract } from "@/lib/ports/contract/signer.contract";
import { sipBridgeContract } from "@/lib/ports/contract/sip-bridge.contract";
import { transcriberContract } from "@/lib/ports/contract/transcriber.contract";
import { everyCapability } from "@/lib/ports/meetings";
import { chimeMeetings } from "./chime-meetings";
import { chimeRecorder } from "./chime-recorder";
import { chimeSipBridge } from "./chime-sip-bridge";
import { chimeTranscriber } from "./chime-transcriber";
import { connectContactCentre } from "./connect-contact-centre";
import { endUserTexter } from "./end-user-texter";
import { kmsCipher } from "./kms-cipher";
import { kmsSigner } from "./kms-signer";
import { sesMailer } from "./ses-mailer";

let laptop: LaptopProcess;
beforeAll(async () => {
  laptop = await startLaptopProcess();
});
afterAll(() => laptop.stop());

const env = (endpoint = laptop.url) =>
  ({
    CLOUD: "local",
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: "us-east-1",
    MEDIA_REGION: "us-east-1",
    CONNECT_INSTANCE_ID:
      "arn:aws:connect:us-east-1:000000000000:instance/11111111-1111-4111-8111-111111111111",
    CONNECT_VIDEO_FLOW_ID: "22222222-2222-4222-8222-222222222222",
    CONNECT_SUPPORT_FLOW_ID: "33333333-3333-4333-8333-333333333333",
    CONNECT_SMS_NUMBER: "+15550100100",
    CONNECT_SUPPORT_HOURS_ID: "00000000-0000-4000-8000-0e0e00000001",
    CONNECT_SUPPORT_QUEUE_ID: "00000000-0000-4000-8000-9e0e00000001",
    SIP_MEDIA_APPLICATION_ID: "44444444-4444-4444-8444-444444444444",
    VOICE_CONNECTOR_ARN: "arn:aws:chime:us-east-1:000000000000:vc/laptopvoiceconnector",
    SUPPORT_SIP_NUMBER: "+15550100300",
    SUPPORT_SIP_CALLER_NUMBER: "+15550100200",
    VIDEO_JWT_KMS_KEY_ID: "alias/video-jwt-signing-key",
    VIDEO_JWT_KMS_RETIRED_KEY_IDS: [] as string[],
    VIDEO_RECORDINGS_KMS_KEY_ID: "alias/video-recordings-cmk",
    RECORDINGS_BUCKET: "vouchsafe-recordings",
    RECORDINGS_ROLE_ARN: "arn:aws:iam::000000000000:role/laptop-recordings",
    SES_SENDER: "visits@vouchsafe.test",
    CLINIC_NAME: "Linden Street Clinic",
  }) as Env;

async function inbox(to: string): Promise<Delivered[]> {
  const response = await fetch(`${laptop.url}/_laptop/inbox?to=${encodeURIComponent(to)}`);
  const messages = (await response.json()) as Array<{
    to: string;
    subject?: string;
    text: string;
    attachments: Array<{ filename: string }>;
  }>;
  return messages.map((message) => ({
    ...message,
    attachments: message.attachments.map(({ filename }) => filename),
  }));
}

async function setFault(fault: object): Promise<void> {
  const response = await fetch(`${laptop.url}/_laptop/faults`, {
    method: "PUT",
    body: JSON.stringify(fault),
  });
  expect(response.status).toBe(200);
}

describe("KMS", () => {
  signerContract(async () => kmsSigner({ env: env(), clock: systemClock }));
  cipherContract(async () => kmsCipher({ env: env() }));
});
describe("Chime SDK Meetings", () => meetingsContract(async () => chimeMeetings({ env: env() })));
describe("Chime SDK live transcription", () =>
  transcriberContract(async () => ({
    transcriber: chimeTranscriber({ env: env() }),
    meetings: chimeMeetings({ env: env() }),
  })));
describe("Chime SDK media pipelines and S3", () =>
  recorderContract(async () => ({
    recorder: chimeRecorder({ env: env() }),
    meetings: chimeMeetings({ env: env() }),
  })));
describe("Connect", () => contactCentreContract(async () => connectContactCentre({ env: env() })));
describe("Chime SDK Voice", () =>
  sipBridgeContract(async () => ({
    bridge: chimeSipBridge({ env: env() }),
    meetings: chimeMeetings({ env: env() }),
  })));
describe("End User Messaging", () =>
  texterContract(async () => ({ texter: endUserTexter({ env: env() }), inbox })));
describe("SES", () => mailerContract(async () => ({ mailer: sesMailer({ env: env() }), inbox })));

describe("when the cloud is not well", () => {
  test("a busy one is said to be busy, after tries enough, and is well again afterwards", async () => {
    const meetings = chimeMeetings({ env: env() });
    const request = { clientToken: "busy-visit-1", externalMeetingId: "visit-busy", maxAttendees: 6 };
    await setFault({ service: "chime", throttle: true });
    expect(await meetings.create(request)).toMatchObject({ ok: false, error: { code: "CLOUD_THROTTLED" } });
    await setFault({ service: "chime" });
    expect((await meetings.create(request)).ok).toBe(true);
  });

  test("one that fails now and then is asked again, and the caller never knows", async () => {
    const texter = endUserTexter({ env: env() });
    await setFault({ service: "sms", failRate: 0.3 });
    const sent = await texter.send({ key: "k", to: parsePhone("+15550107777") as E164, body: "b" });
    await setFault({ service: "sms" });
    expect(sent.ok || sent.error.code === "TEXTER_UNAVAILABLE").toBe(true);
  });

  test("one that is not there is said to be away, within the deadline", async () => {
    const nowhere = env("http://127.0.0.1:9");
    const startedAt = performance.now();
    expect(
      await chimeMeetings({ env: nowhere }).addAttendee("m", {
        externalUserId: "patient-1",
        capabilities: everyCapability,
      }),
    ).toMatchObject({
      ok: false,
      error: { code: "CLOUD_UNAVAILABLE" },
    });
    expect(performance.now() - startedAt).toBeLessThan(9_000);
  });
});
