import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type LaptopProcess, startLaptopProcess } from "@/e2e/laptop-process";
import type { Env } from "@/lib/env";
import { systemClock } from "@/lib/kernel/clock";
import { messageEventsContract } from "@/lib/ports/contract/message-events.contract";
import type { MessageEvent } from "@/lib/ports/message-events";
import { endUserTexter } from "./end-user-texter";
import { sesMailer } from "./ses-mailer";
import { snsMessageEvents } from "./sns-message-events";
import { topicArn } from "./testing/sns-signer";

let laptop: LaptopProcess;
let door: Server;
/** What came to the door, as it came, and what we made of it. */
const posts: string[] = [];
const believed: MessageEvent[] = [];
let confirmed = 0;
const env = () =>
  ({
    CLOUD: "local",
    AWS_ENDPOINT_URL: laptop.url,
    AWS_REGION: "us-east-1",
    CONNECT_SMS_NUMBER: "+15550100100",
    SES_SENDER: "visits@vouchsafe.test",
    MESSAGE_EVENT_TOPICS: [topicArn],
  }) as Env;

beforeAll(async () => {
  door = createServer(async (request, response) => {
    const body = await text(request);
    posts.push(body);
    const read = await snsMessageEvents({ env: env(), clock: systemClock }).read(JSON.parse(body));
    if (read.ok && read.value.event) believed.push(read.value.event);
    if (read.ok && read.value.confirmed) confirmed++;
    response.writeHead(read.ok ? 200 : 403).end();
  });
  await new Promise<void>((listening) => door.listen(0, "127.0.0.1", listening));
  const { port } = door.address() as AddressInfo;
  laptop = await startLaptopProcess({ LAPTOP_EVENTS_URL: `http://127.0.0.1:${port}/api/events/messages` });
});
afterAll(async () => {
  await laptop.stop();
  door.close();
});

describe("SNS, as the laptop cloud posts it", () => {
  messageEventsContract(async () => ({
    texter: endUserTexter({ env: env() }),
    mailer: sesMailer({ env: env() }),
    events: () => believed,
    write: async (from, body) => {
      const answer = await fetch(`${laptop.url}/_laptop/texts`, {
        method: "POST",
        body: JSON.stringify({ from, body }),
      });
      expect(answer.status).toBe(200);
    },
  }));

  test("asks for the subscription to be confirmed first, and is", async () => {
    expect(confirmed).toBe(1);
    const status = (await (await fetch(`${laptop.url}/_laptop/sns`)).json()) as object;
    expect(status).toMatchObject({ topicArn, confirmed: true });
  });

  test("one letter changed on the way, and it is not believed", async () => {
    const events = snsMessageEvents({ env: env(), clock: systemClock });
    const genuine = posts.findLast((body) => body.includes("TEXT_DELIVERED")) ?? "";
    expect(await events.read(JSON.parse(genuine))).toMatchObject({ ok: true });
    expect(await events.read(JSON.parse(genuine.replace("TEXT_DELIVERED", "TEXT_DELIVEREd")))).toMatchObject({
      ok: false,
      error: { code: "EVENT_FORGED", why: "signature" },
    });
  });

  test("in the cloud a certificate of the laptop's is somebody's, whatever else is right", async () => {
    const events = snsMessageEvents({
      env: { CLOUD: "aws", MESSAGE_EVENT_TOPICS: [topicArn] },
      clock: systemClock,
    });
    expect(await events.read(JSON.parse(posts.at(-1) ?? ""))).toMatchObject({
      ok: false,
      error: { code: "EVENT_FORGED", why: "certificate" },
    });
  });
});
