import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { CipherContext, HashAlgorithm, SignatureAlgorithm } from "werift";
import { frozenClock } from "@/lib/kernel/clock";
import type { MessageEvents } from "@/lib/ports/message-events";
import { snsMessageEvents } from "./sns-message-events";
import { certificateUrl, type TestSns, testSns, topicArn } from "./testing/sns-signer";

const clock = frozenClock(new Date());
const env = { CLOUD: "aws", MESSAGE_EVENT_TOPICS: [topicArn] } as {
  CLOUD: "aws";
  MESSAGE_EVENT_TOPICS: string[];
};
const inbound = {
  originationNumber: "+15550101234",
  destinationNumber: "+15550100100",
  messageKeyword: "K",
  messageBody: "STOP",
  inboundMessageId: "1",
};
let sns: TestSns;
let events: MessageEvents;
beforeAll(async () => {
  sns = await testSns();
});
beforeEach(() => {
  clock.set(new Date());
  sns.asked.length = 0;
  events = snsMessageEvents({ env, clock, fetch: sns.fetch });
});
const read = async (body: unknown) => {
  const answer = await events.read(body);
  return answer.ok ? answer.value.event : answer.error;
};

describe("a notification is believed", () => {
  test.each(["1", "2"] as const)("when SNS signed it (version %s)", async (SignatureVersion) => {
    const body = sns.notify(inbound, clock.now(), { SignatureVersion });
    expect(await read(body)).toEqual({
      kind: "inbound-text",
      from: "+15550101234",
      to: "+15550100100",
      body: "STOP",
    });
  });

  test("with a subject, which is then part of what is signed", async () => {
    const body = sns.notify(inbound, clock.now(), { Subject: "Hello" });
    expect(await read(body)).toMatchObject({ kind: "inbound-text" });
    expect(await read({ ...body, Subject: "Other" })).toMatchObject({
      code: "EVENT_FORGED",
      why: "signature",
    });
  });

  test("for an hour, and the certificate is asked for once", async () => {
    const body = sns.notify(inbound, clock.now());
    clock.advance(3_590);
    expect(await read(body)).toMatchObject({ kind: "inbound-text" });
    await read(sns.notify(inbound, clock.now()));
    expect(sns.asked).toEqual([certificateUrl]);
  });
});

describe("a notification is not believed, and nothing foreign is asked for", () => {
  test.each([
    ["its message", { Message: "{}" }],
    ["its id", { MessageId: "another" }],
    ["its time", { Timestamp: new Date(Date.now() - 60_000).toISOString() }],
    ["the version of its signature", { SignatureVersion: "1" }],
    ["its signature", { Signature: Buffer.alloc(256).toString("base64") }],
  ] as const)("%s was changed", async (_, changed) => {
    const body = { ...sns.notify(inbound, clock.now()), ...changed };
    expect(await read(body)).toMatchObject({ code: "EVENT_FORGED", why: "signature" });
  });

  test("somebody else signed it", async () => {
    const { keyPem } = await CipherContext.createSelfSignedCertificateWithKey({
      signature: SignatureAlgorithm.rsa_1,
      hash: HashAlgorithm.sha256_4,
    });
    const body = sns.signed(sns.notify(inbound, clock.now()), keyPem);
    expect(await read(body)).toMatchObject({ code: "EVENT_FORGED", why: "signature" });
  });

  test("its topic is none of ours, however well signed", async () => {
    const body = sns.notify(inbound, clock.now(), {
      TopicArn: "arn:aws:sns:us-east-1:999999999999:messages",
    });
    expect(await read(body)).toMatchObject({ code: "EVENT_FORGED", why: "topic" });
    expect(sns.asked).toEqual([]);
  });

  test.each([
    ["another host", "https://sns.us-east-1.evil.test/SimpleNotificationService-0123456789abcdef.pem"],
    [
      "a host that only begins like SNS's",
      certificateUrl.replace("amazonaws.com", "amazonaws.com.evil.test"),
    ],
    ["another region than its topic's", certificateUrl.replace("us-east-1", "eu-west-1")],
    [
      "a bucket of somebody's",
      "https://s3.us-east-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem",
    ],
    ["no encryption", certificateUrl.replace("https:", "http:")],
    ["another port", certificateUrl.replace(".com/", ".com:8443/")],
    ["a user name", certificateUrl.replace("https://", "https://sns.us-east-1.amazonaws.com@evil.test/")],
    ["another path", "https://sns.us-east-1.amazonaws.com/?Action=GetEvil&x=.pem"],
    ["a query", `${certificateUrl}?x=1`],
    ["no address", "not an address"],
  ])("its certificate lies at %s", async (_, SigningCertURL) => {
    const body = sns.notify(inbound, clock.now(), { SigningCertURL });
    expect(await read(body)).toMatchObject({ code: "EVENT_FORGED", why: "certificate" });
    expect(sns.asked).toEqual([]);
  });

  test("it was signed more than an hour ago, or ahead of the clock", async () => {
    const body = sns.notify(inbound, clock.now());
    clock.advance(3_601);
    expect(await read(body)).toEqual({ code: "EVENT_STALE" });
    clock.advance(-3_601 - 301);
    expect(await read(body)).toEqual({ code: "EVENT_STALE" });
  });

  test.each([[{}], [[]], ["text"], [null], [{ Type: "Notification" }], [{ Type: "Other" }]])(
    "it is none: %j",
    async (body) => expect(await read(body)).toEqual({ code: "EVENT_MALFORMED" }),
  );
});

test("while SNS cannot be asked for its certificate the provider is asked to come again, and then it is believed", async () => {
  let away = true;
  events = snsMessageEvents({
    env,
    clock,
    fetch: async (url) => (away ? Promise.reject(new Error("away")) : sns.fetch(url)),
  });
  const body = sns.notify(inbound, clock.now());
  expect(await read(body)).toMatchObject({ code: "EVENT_UNVERIFIABLE" });
  away = false;
  expect(await read(body)).toMatchObject({ kind: "inbound-text" });
});

test("a stranger who names one certificate after another does not make us ask for all of them", async () => {
  for (let n = 0; n < 40; n++) {
    const SigningCertURL = certificateUrl.replace("0123456789", String(n).padStart(10, "0"));
    await read(sns.notify(inbound, clock.now(), { SigningCertURL }));
  }
  expect(sns.asked.length).toBeLessThanOrEqual(10);
});

describe("a subscription", () => {
  test("to a topic of ours is confirmed at SNS", async () => {
    const answer = await events.read(sns.confirmation(clock.now()));
    expect(answer).toMatchObject({ ok: true, value: { confirmed: true, event: null } });
    expect(sns.asked.at(-1)).toBe(
      "https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=x&Token=t",
    );
  });

  test.each([
    ["another host", "https://evil.test/?Action=ConfirmSubscription&Token=t"],
    ["another action", "https://sns.us-east-1.amazonaws.com/?Action=DeleteTopic&Token=t"],
  ])("is not confirmed at %s", async (_, url) => {
    expect(await read(sns.confirmation(clock.now(), url))).toMatchObject({ code: "EVENT_FORGED" });
    expect(sns.asked).toEqual([certificateUrl]);
  });

  test("that somebody forged is not confirmed anywhere", async () => {
    const body = { ...sns.confirmation(clock.now()), Token: "x" };
    expect(await read(body)).toMatchObject({ code: "EVENT_FORGED", why: "signature" });
    expect(sns.asked).toEqual([certificateUrl]);
  });
});

describe("what the providers tell", () => {
  const mail = { messageId: "ses-1", timestamp: "2026-11-23T15:00:00.000Z", tags: { outbox: ["key-1"] } };
  const at = "2026-11-23T15:00:05.000Z";
  const text = (eventType: string) => ({
    eventType,
    eventTimestamp: Date.parse(at),
    messageId: "sms-1",
    context: { outbox: "key-2" },
  });
  test.each([
    [{ eventType: "Delivery", mail, delivery: { timestamp: at } }, "delivered", "Delivery"],
    [
      {
        eventType: "Bounce",
        mail,
        bounce: { bounceType: "Permanent", bounceSubType: "General", timestamp: at },
      },
      "bounced",
      "Permanent/General",
    ],
    [
      {
        notificationType: "Bounce",
        mail,
        bounce: { bounceType: "Transient", bounceSubType: "MailboxFull", timestamp: at },
      },
      "undeliverable",
      "Transient/MailboxFull",
    ],
    [
      { eventType: "Complaint", mail, complaint: { complaintFeedbackType: "abuse", timestamp: at } },
      "undeliverable",
      "Complaint/abuse",
    ],
    [text("TEXT_DELIVERED"), "delivered", "TEXT_DELIVERED"],
    [text("TEXT_SUCCESSFUL"), "delivered", "TEXT_SUCCESSFUL"],
    [text("TEXT_INVALID"), "bounced", "TEXT_INVALID"],
    [text("TEXT_CARRIER_BLOCKED"), "undeliverable", "TEXT_CARRIER_BLOCKED"],
  ])("%j", async (message, outcome, reason) => {
    const event = await read(sns.notify(message, clock.now()));
    expect(event).toMatchObject({ kind: "delivery", outcome, reason, at: new Date(at) });
    expect(event).toMatchObject(
      "mail" in message ? { key: "key-1", providerMessageId: "ses-1" } : { key: "key-2" },
    );
  });

  test.each([
    [text("TEXT_QUEUED")],
    [text("toString")],
    [{ eventType: "Send", mail }],
    [{ eventType: "DeliveryDelay", mail }],
    ["Successfully validated SNS topic for Amazon SES event publishing."],
    ["[]"],
  ])("nothing yet, or nothing at all: %j", async (message) => {
    expect(await read(sns.notify(message, clock.now()))).toBeNull();
  });
});
