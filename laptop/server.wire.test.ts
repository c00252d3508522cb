import { once } from "node:events";
import { request } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestLaptop, type TestLaptop } from "./testing/start-test-laptop";

let laptop: TestLaptop;
beforeAll(async () => {
  laptop = await startTestLaptop();
});
afterAll(() => laptop.stop());

/** fetch forbids these headers; a browser under attack sends them. */
async function send(path: string, headers: Record<string, string>, method = "GET", body = "") {
  const sent = request(`${laptop.url}${path}`, { method, headers });
  sent.end(body);
  const [answer] = (await once(sent, "response")) as [{ statusCode: number; resume(): void }];
  answer.resume();
  return answer.statusCode;
}

test("a page of another origin can neither call an API nor turn a switch", async () => {
  const foreign = { origin: "https://evil.test" };
  expect(await send("/_laptop/inbox", foreign, "DELETE")).toBe(403);
  expect(await send("/_laptop/faults", foreign, "PUT", "{}")).toBe(403);
  expect(await send("/console/clear-faults", { origin: "null" }, "POST")).toBe(403);
  expect(await send("/", { ...foreign, "x-amz-target": "TrentService.ListKeys" }, "POST", "{}")).toBe(403);
});

test("a name that was rebound to this machine reads nothing", async () => {
  expect(await send("/_laptop/inbox", { host: "evil.test:4600" })).toBe(403);
  expect(await send("/_laptop/inbox", { host: "localhost:4600" })).toBe(200);
});

test("a link from anywhere opens the console", async () => {
  const headers = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };
  expect(await send("/", headers)).toBe(200);
  expect(await send("/_laptop/inbox", { ...headers, "sec-fetch-mode": "no-cors" })).toBe(403);
});

test.each([
  ["no JSON", "TrentService.Sign", "{", "SerializationException"],
  ["a list", "TrentService.Sign", "[]", "SerializationException"],
  ["an operation that is none", "TrentService.__proto__", "{}", "UnknownOperationException"],
  ["an SMS operation that is none", "PinpointSMSVoiceV2.constructor", "{}", "UnknownOperationException"],
])("%s is refused in the vendor's shape", async (_, target, body, code) => {
  const answer = await fetch(laptop.url, { method: "POST", headers: { "x-amz-target": target }, body });
  expect(answer.status).toBe(400);
  expect(answer.headers.get("x-amzn-errortype")).toBe(code);
  expect(answer.headers.get("x-amzn-requestid")).toMatch(/^[\w-]{36}$/);
  expect(await answer.json()).toMatchObject({ __type: code });
});

test("a body without end is cut off", async () => {
  const answer = await fetch(laptop.url, { method: "POST", body: Buffer.alloc(7 * 1024 * 1024) });
  expect(answer.status).toBe(413);
});

test("health is for everybody who asks", async () => {
  expect(await (await fetch(`${laptop.url}/health`)).json()).toEqual({ ok: true });
});
