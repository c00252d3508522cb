import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { auditLog, customers, textConsents } from "@/db/schema";
import { person, system } from "@/db/testing/people";
import { snsMessageEvents } from "@/lib/adapters/aws/sns-message-events";
import { type TestSns, testSns, topicArn } from "@/lib/adapters/aws/testing/sns-signer";
import { deliverDue } from "@/lib/notifications/deliver-due";
import { getVisit } from "@/lib/visits/get-visit";
import { listJourneys } from "@/lib/visits/list-journeys";
import { notifyParties } from "@/lib/visits/notify-parties";
import { eventsOf, granted, makeVisit, scheduler } from "@/lib/visits/testing";
import { openDoors, type TestDoors } from "./testing";

let doors: TestDoors;
let sns: TestSns;
vi.mock("@/lib/http/deps", () => ({ doorDeps: async () => doors.deps }));
beforeAll(async () => {
  [doors, sns] = await Promise.all([openDoors(), testSns()]);
  const env = { CLOUD: "aws" as const, MESSAGE_EVENT_TOPICS: [topicArn] };
  doors.deps.messageEvents = snsMessageEvents({ env, clock: doors.deps.clock, fetch: sns.fetch }) as never;
});
afterAll(() => doors.close());
beforeEach(async () => {
  doors.deps.clock.reset();
  await everything(); // what an earlier test left
  doors.deps.texter.sent.length = 0;
  doors.deps.mailer.sent.length = 0;
});

async function post(body: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
  const { POST } = await import("@/app/api/events/messages/route");
  const request = new Request("http://app.test/api/events/messages", {
    method: "POST",
    headers: { "x-forwarded-for": "203.0.113.5", "content-type": "text/plain; charset=UTF-8" },
    body: JSON.stringify(body),
  });
  const response = await POST(request, { params: Promise.resolve({}) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
const now = () => doors.deps.clock.now();
const everything = async () => {
  while ((await deliverDue(doors.deps)) > 0);
};
const events = () =>
  doors.deps.db.asActor(person("cccccccc-0000-4000-8000-0000000000ab", "auditor"), async (tx) =>
    (await tx.select().from(auditLog)).map((row) => `${row.eventType} ${row.errorCode ?? ""}`.trim()),
  );

async function notified(channel: "sms" | "email" | "both" = "both") {
  const { visitId, patientId } = await makeVisit(doors.deps, { channel });
  granted(await notifyParties(doors.deps, { actor: scheduler, visitId }));
  await everything();
  const messages = async () =>
    granted(await getVisit(doors.deps, { actor: scheduler, visitId })).messages.map(
      ({ kind, status, reason }) => ({
        kind,
        status,
        reason,
      }),
    );
  const journey = async () =>
    (await listJourneys(doors.deps, { actor: scheduler, visitIds: [visitId] })).get(visitId);
  const textKey = doors.deps.texter.sent.at(-1)?.key ?? "";
  const mailKey = doors.deps.mailer.sent.at(-1)?.key ?? "";
  return { visitId, patientId, messages, journey, textKey, mailKey };
}
const textEvent = (key: string, eventType: string, at = now()) => ({
  eventType,
  eventTimestamp: at.getTime(),
  messageId: "sms-1",
  context: { outbox: key },
});
const bounce = (key: string, bounceType: string) => ({
  eventType: "Bounce",
  mail: { messageId: "ses-1", timestamp: now().toISOString(), tags: { outbox: [key] } },
  bounce: { bounceType, bounceSubType: "General", timestamp: now().toISOString() },
});

describe("what became of a message", () => {
  test("sent, then delivered: staff see it on the visit, and it is recorded", async () => {
    const { visitId, messages, textKey } = await notified("sms");
    expect(await messages()).toMatchObject([{ kind: "sms", status: "sent" }]);
    expect(await post(sns.notify(textEvent(textKey, "TEXT_DELIVERED"), now()))).toMatchObject({
      status: 200,
      body: { received: "done" },
    });
    expect(await messages()).toMatchObject([{ status: "delivered" }]);
    expect(await eventsOf(doors.deps.db, visitId)).toContain("NOTIFICATION_DELIVERED");
  });

  test("a mailbox that does not exist is flagged to the scheduler, until a message gets through", async () => {
    const { visitId, messages, journey, mailKey } = await notified("both");
    await post(sns.notify(bounce(mailKey, "Permanent"), now()));
    expect(await messages()).toContainEqual({
      kind: "email",
      status: "bounced",
      reason: "Permanent/General",
    });
    expect(await journey()).toMatchObject({ sent: true, failed: false, bounced: "email" });
    granted(await notifyParties(doors.deps, { actor: scheduler, visitId, channel: "email" }));
    await everything();
    expect(await journey()).toMatchObject({ bounced: null });
  });

  test("where nothing got through, the visit says that its message failed", async () => {
    const { journey, messages, textKey } = await notified("sms");
    await post(sns.notify(textEvent(textKey, "TEXT_CARRIER_BLOCKED"), now()));
    expect(await messages()).toMatchObject([{ status: "undeliverable", reason: "TEXT_CARRIER_BLOCKED" }]);
    expect(await journey()).toMatchObject({ sent: false, delivered: false, failed: true, bounced: null });
    doors.deps.clock.advance(60);
    await post(sns.notify(textEvent(textKey, "TEXT_DELIVERED"), now()));
    expect(await messages()).toMatchObject([{ status: "delivered" }]);
    expect(await journey()).toMatchObject({ sent: true, delivered: true, failed: false });
  });

  test("of a message that is none of ours is taken, and changes nothing", async () => {
    const event = textEvent("00000000-0000-4000-8000-000000000000", "TEXT_DELIVERED");
    expect(await post(sns.notify(event, now()))).toMatchObject({
      status: 200,
      body: { received: "nothing-to-do" },
    });
  });
});

describe("a forged event changes nothing", () => {
  test.each([
    [
      "a wrong signature",
      403,
      (body: object) => ({ ...body, Signature: Buffer.alloc(256, 1).toString("base64") }),
    ],
    ["a changed message", 403, (body: object) => ({ ...body, Message: '{"eventType":"TEXT_INVALID"}' })],
    [
      "a certificate of somebody's",
      403,
      (body: object) =>
        sns.signed({
          ...body,
          SigningCertURL: "https://evil.test/SimpleNotificationService-00000000.pem",
        } as never),
    ],
    [
      "another topic",
      403,
      (body: object) =>
        sns.signed({ ...body, TopicArn: "arn:aws:sns:us-east-1:111111111111:messages" } as never),
    ],
    [
      "an old time",
      403,
      (body: object) =>
        sns.signed({ ...body, Timestamp: new Date(Date.now() - 2 * 3_600_000).toISOString() } as never),
    ],
    ["no envelope at all", 400, () => ({ eventType: "TEXT_INVALID" })],
  ] as const)("%s", async (_, status, forge) => {
    const { messages, textKey } = await notified("sms");
    const honest = sns.notify(textEvent(textKey, "TEXT_DELIVERED"), now());
    const refused = await post(forge(honest));
    expect(refused.status).toBe(status);
    expect(refused.body.code).toMatch(/^EVENT_/);
    expect(await messages()).toMatchObject([{ status: "sent" }]);
    expect(sns.asked.every((url) => url.startsWith("https://sns.us-east-1.amazonaws.com/"))).toBe(true);
    // And the honest one beside it is believed.
    expect((await post(honest)).status).toBe(200);
    expect(await messages()).toMatchObject([{ status: "delivered" }]);
  });

  test("is recorded", async () => {
    expect(await events()).toContain("PROVIDER_EVENT_REFUSED EVENT_FORGED");
  });

  test("a replay is answered kindly and does nothing", async () => {
    const number = "+15550107001";
    const stop = sns.notify(inbound(number, "STOP"), now());
    expect((await post(stop)).body).toEqual({ received: "done" });
    await post(sns.notify(inbound(number, "START"), now()));
    expect((await post(stop)).body).toEqual({ received: "again" });
    expect(await optedOut(number)).toBe(false);
  });

  test("sixty-four at once of the same event work once", async () => {
    const stop = sns.notify(inbound("+15550107002", "STOP"), now());
    const answers = await Promise.all(Array.from({ length: 64 }, () => post(stop)));
    expect(answers.filter(({ body }) => body.received === "done")).toHaveLength(1);
    expect(answers.every(({ status }) => status === 200)).toBe(true);
  });
});

const inbound = (from: string, messageBody: string) => ({
  originationNumber: from,
  destinationNumber: "+15550100100",
  messageKeyword: "KEYWORD",
  messageBody,
  inboundMessageId: "in-1",
});
const write = (from: string, body: string) => post(sns.notify(inbound(from, body), now()));
async function optedOut(number: string): Promise<boolean> {
  const rows = await doors.deps.db.asActor(system, (tx) =>
    tx
      .select()
      .from(textConsents)
      .where(eq(textConsents.numberHash, doors.deps.keyring.hash("phone-number", number))),
  );
  const [row] = rows;
  return Boolean(row?.optedOutAt && (!row.optedInAt || row.optedInAt < row.optedOutAt));
}
async function patientWith(phone: string, locale = "en", channel: "sms" | "both" = "both") {
  const made = await makeVisit(doors.deps, { channel });
  await doors.deps.db.asActor(system, (tx) =>
    tx.update(customers).set({ phone, locale }).where(eq(customers.id, made.patientId)),
  );
  return made;
}
const answers = () => doors.deps.texter.sent.map(({ body }) => body);

describe("STOP", () => {
  test("ends the texts at once, is confirmed once, and the mail still goes; START brings them back", async () => {
    const phone = "+15550107010";
    const { visitId } = await patientWith(phone);
    for (const word of ["STOP", "stop", " Stop. "]) await write(phone, word);
    await everything();
    expect(answers()).toEqual([
      "Linden Street Clinic: you will get no more texts from us. Reply START to get them again.",
    ]);
    granted(await notifyParties(doors.deps, { actor: scheduler, visitId }));
    await everything();
    expect(doors.deps.texter.sent).toHaveLength(1);
    expect(doors.deps.mailer.sent).toHaveLength(1);
    const seen = granted(await getVisit(doors.deps, { actor: scheduler, visitId })).messages;
    expect(seen.map(({ kind, status }) => [kind, status]).sort()).toEqual([
      ["email", "sent"],
      ["sms", "opted-out"],
    ]);
    await write(phone, "Start");
    granted(await notifyParties(doors.deps, { actor: scheduler, visitId, channel: "sms" }));
    await everything();
    expect(answers().slice(1)).toEqual([
      "Linden Street Clinic: you will get our texts again. Reply STOP to end them.",
      expect.stringContaining("/j/"),
    ]);
    const log = await events();
    expect(log).toEqual(expect.arrayContaining(["TEXTS_STOPPED", "TEXTS_RESUMED"]));
  });

  test("that comes while a text waits in the outbox stops that text too", async () => {
    const phone = "+15550107011";
    const { visitId } = await patientWith(phone, "en", "sms");
    granted(await notifyParties(doors.deps, { actor: scheduler, visitId }));
    await write(phone, "STOP");
    await everything();
    expect(answers()).toHaveLength(1);
    expect(answers()[0]).toContain("no more texts");
  });

  test("is kept as a hash and a seal: the number itself stands nowhere", async () => {
    await write("+15550107012", "STOP");
    const rows = await doors.deps.db.asActor(system, (tx) => tx.select().from(textConsents));
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row.sealedNumber.includes("15550107012")).toBe(false);
  });
});

describe("other words", () => {
  test("HELP and AYUDA are answered with the clinic's name and telephone, in the reader's language", async () => {
    await patientWith("+15550107020", "es");
    await write("+15550107020", "help");
    await write("+15550107021", "¿Ayuda?");
    await write("+15550107022", "INFO");
    await everything();
    expect(answers()).toEqual([
      expect.stringMatching(/^Linden Street Clinic: textos sobre .*\(555\) 010-0199/),
      expect.stringMatching(/textos sobre/),
      expect.stringMatching(/^Linden Street Clinic: texts about your video visits\. Call \(555\) 010-0199/),
    ]);
  });

  test("anything else is told once an hour that nobody reads it, and is kept nowhere", async () => {
    const phone = "+15550107030";
    for (const words of ["My chest hurts", "please don't stop my visits", "hello?"])
      await write(phone, words);
    await everything();
    expect(answers()).toEqual([
      "This number is not read. For help, call (555) 010-0199. In an emergency, call 911.",
    ]);
    expect(await optedOut(phone)).toBe(false);
    doors.deps.clock.advance(3_601);
    await write(phone, "hello again");
    await everything();
    expect(answers()).toHaveLength(2);
    expect(
      JSON.stringify(
        await doors.deps.db.asActor(person("cccccccc-0000-4000-8000-0000000000ab", "auditor"), (tx) =>
          tx.select().from(auditLog),
        ),
      ),
    ).not.toMatch(/chest/);
  });

  test("HELP is answered to who said STOP; anything else from them is not", async () => {
    const phone = "+15550107031";
    await write(phone, "ALTO");
    await write(phone, "hello");
    await write(phone, "AYUDA");
    await everything();
    expect(answers()).toEqual([
      expect.stringContaining("no le enviaremos"),
      expect.stringContaining("textos sobre"),
    ]);
  });
});

test("a subscription to our topic is confirmed; one that somebody forged is not", async () => {
  sns.asked.length = 0;
  const honest = sns.confirmation(now());
  expect((await post({ ...honest, Token: "forged" })).status).toBe(403);
  expect(sns.asked.filter((url) => url.includes("ConfirmSubscription"))).toEqual([]);
  expect((await post(honest)).status).toBe(200);
  expect(sns.asked.filter((url) => url.includes("ConfirmSubscription"))).toHaveLength(1);
});
