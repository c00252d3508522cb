import { PinpointSMSVoiceV2Client, SendTextMessageCommand } from "@aws-sdk/client-pinpoint-sms-voice-v2";
import { SESv2Client, SendEmailCommand } from "@aws-sdk/client-sesv2";
import nodemailer from "nodemailer";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { startTestLaptop, type TestLaptop } from "../testing/start-test-laptop";

let laptop: TestLaptop;
let ses: SESv2Client;
let sms: PinpointSMSVoiceV2Client;
beforeAll(async () => {
  laptop = await startTestLaptop();
  ses = new SESv2Client(laptop.client);
  sms = new PinpointSMSVoiceV2Client(laptop.client);
});
afterEach(async () => {
  await fetch(`${laptop.url}/_laptop/faults`, { method: "DELETE" });
  await fetch(`${laptop.url}/_laptop/inbox`, { method: "DELETE" });
});
afterAll(async () => {
  ses.destroy();
  sms.destroy();
  await laptop.stop();
});

type Seen = {
  id: string;
  kind: string;
  text: string;
  subject?: string;
  html?: string;
  delivery: string;
  attachments: Array<{ filename: string }>;
  tags: Record<string, string>;
};
async function inbox(query: string): Promise<Seen[]> {
  const answer = await fetch(`${laptop.url}/_laptop/inbox?${query}`);
  return (await answer.json()) as Seen[];
}

const phone = "+15550101234";
const text = (more: object = {}) =>
  sms.send(
    new SendTextMessageCommand({
      DestinationPhoneNumber: phone,
      OriginationIdentity: "+15550100100",
      MessageBody: "Tap to join: https://visit.test/j/a1b2c3d4",
      MessageType: "TRANSACTIONAL",
      Context: { key: "m1" },
      ...more,
    }),
  );
const mail = (more: object = {}) =>
  ses.send(
    new SendEmailCommand({
      FromEmailAddress: "Linden Street <visits@visit.test>",
      Destination: { ToAddresses: ["walter@example.test"] },
      Content: { Simple: { Subject: { Data: "Your visit" }, Body: { Text: { Data: "Soon." } } } },
      ...more,
    }),
  );

describe("texts", () => {
  test("a text lies in the inbox of its number, with the id that the sender was given", async () => {
    const { MessageId } = await text();
    for (const to of [encodeURIComponent(phone), phone])
      expect(await inbox(`to=${to}`)).toMatchObject([
        { id: MessageId, kind: "sms", delivery: "delivered", tags: { key: "m1" } },
      ]);
    expect(await inbox("to=%2B15550109999")).toEqual([]);
  });

  test("who answered STOP gets no more texts until START, and the sender is told which it was", async () => {
    const optedOut = (method: string) =>
      fetch(`${laptop.url}/_laptop/opted-out?number=${encodeURIComponent(phone)}`, { method });
    await optedOut("PUT");
    await expect(text()).rejects.toMatchObject({
      name: "ConflictException",
      Reason: "DESTINATION_PHONE_NUMBER_OPTED_OUT",
    });
    await optedOut("DELETE");
    expect((await text()).MessageId).toBeTruthy();
  });

  test.each([
    ["a number that is none", { DestinationPhoneNumber: "5550101234x" }],
    ["no words", { MessageBody: "" }],
    ["too many words", { MessageBody: "x".repeat(1601) }],
    ["a kind that is none", { MessageType: "URGENT" }],
  ])("%s: refused, and nothing is sent", async (_, wrong) => {
    await expect(text(wrong)).rejects.toMatchObject({ name: "ValidationException" });
    expect(await inbox("all=1")).toEqual([]);
  });
});

describe("mails", () => {
  test("each recipient gets the mail", async () => {
    await mail({ Destination: { ToAddresses: ["a@x.test", "B <b@x.test>"], CcAddresses: ["c@x.test"] } });
    for (const to of ["a@x.test", "b@x.test", "C@X.test"])
      expect(await inbox(`to=${to}`)).toMatchObject([{ subject: "Your visit", text: "Soon." }]);
  });

  test("a MIME mail is read as a mail client reads it, its calendar file once", async () => {
    const calendar = {
      filename: "visit.ics",
      method: "REQUEST",
      content: "BEGIN:VCALENDAR\r\nEND:VCALENDAR",
    };
    const { message } = await nodemailer.createTransport({ streamTransport: true, buffer: true }).sendMail({
      from: "v@x.test",
      to: "w@x.test",
      subject: "Besök",
      text: "Text",
      html: "<p>Html</p>",
      icalEvent: calendar,
    });
    await mail({ Content: { Raw: { Data: message as Buffer } } });
    const [seen] = await inbox("to=walter@example.test");
    expect(seen).toMatchObject({ subject: "Besök", html: expect.stringContaining("<p>Html</p>") });
    expect(seen?.attachments.map(({ filename }) => filename)).toEqual(["visit.ics"]);
    const saved = await fetch(`${laptop.url}/_laptop/inbox/${seen?.id}/attachments/0`);
    expect(await saved.text()).toContain("BEGIN:VCALENDAR");
  });

  test("a stranger's HTML may neither run nor call anywhere", async () => {
    await mail({
      Content: { Simple: { Subject: { Data: "x" }, Body: { Html: { Data: "<script>alert(1)</script>" } } } },
    });
    const [seen] = await inbox("to=walter@example.test");
    const letter = await fetch(`${laptop.url}/_laptop/inbox/${seen?.id}/html`);
    expect(letter.headers.get("content-security-policy")).toMatch(/default-src 'none'.*sandbox/);
  });

  test.each([
    ["no sender", { FromEmailAddress: "nobody" }],
    ["a recipient that is none", { Destination: { ToAddresses: ["a b@x.test"] } }],
    ["nobody to send it to", { Destination: {} }],
    ["no content", { Content: {} }],
    ["a bad configuration set", { ConfigurationSetName: "a b" }],
  ])("%s: refused, and nothing is sent", async (_, wrong) => {
    await expect(mail(wrong)).rejects.toMatchObject({ name: "BadRequestException" });
    expect(await inbox("all=1")).toEqual([]);
  });
});

describe("faults", () => {
  test("a throttled service refuses in its vendor's words, and others go on", async () => {
    await laptop.fault({ service: "ses", throttle: true });
    await expect(mail()).rejects.toMatchObject({
      name: "TooManyRequestsException",
      $metadata: { httpStatusCode: 429 },
    });
    expect((await text()).MessageId).toBeTruthy();
    await laptop.fault({ service: "sms", operation: "SendTextMessage", throttle: true });
    await expect(text()).rejects.toMatchObject({ name: "ThrottlingException" });
  });

  test("a failing service fails with its vendor's 500", async () => {
    await laptop.fault({ service: "sms", failRate: 1 });
    await expect(text()).rejects.toMatchObject({
      name: "InternalServerException",
      $metadata: { httpStatusCode: 500 },
    });
  });

  test("a slow one answers late", async () => {
    await laptop.fault({ service: "sms", slowMs: 120 });
    const from = performance.now();
    await text();
    expect(performance.now() - from).toBeGreaterThanOrEqual(115);
  });

  test("a dropped message is accepted, and reaches nobody's inbox", async () => {
    await laptop.fault({ service: "sms", drop: true });
    expect((await text()).MessageId).toBeTruthy();
    expect(await inbox("")).toEqual([]);
    expect(await inbox("all=1")).toMatchObject([{ delivery: "dropped" }]);
  });

  test.each([
    [{ service: "dynamodb" }],
    [{ service: "ses", failRate: 2 }],
    [{ service: "kms", drop: true }],
    [[]],
  ])("a fault that makes no sense is refused: %j", async (fault) => {
    await expect(laptop.fault(fault)).rejects.toThrow(/A fault is/);
  });
});
