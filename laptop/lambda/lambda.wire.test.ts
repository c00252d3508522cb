import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestLaptop, type TestLaptop } from "../testing/start-test-laptop";
import { type Lambdas, startLambdas } from "./index";

const code = `
console.log("loaded");
let calls = 0;
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
export async function handler(event, context) {
  calls += 1;
  console.log("asked", event.do);
  switch (event.do) {
    case "who": return { calls, pid: process.pid, name: context.functionName, arn: context.invokedFunctionArn, left: context.getRemainingTimeInMillis(), greeting: process.env.GREETING, shell: process.env.HOME ?? null, region: process.env.AWS_REGION };
    case "echo": return event;
    case "throw": throw new TypeError("no such account");
    case "sleep": await wait(event.ms); return "slept";
    case "exit": process.exit(7);
    case "large": return "x".repeat(6 * 1024 * 1024 + 1);
    case "nothing": return undefined;
  }
}`;

let folder: string;
let file: string;
let lines: object[];
let lambdas: Lambdas;
const arn = "arn:aws:lambda:us-east-1:000000000000:function:greeter";
const listed = (more: object = {}) => ({
  greeter: { environment: { GREETING: "hello" }, timeoutSeconds: 1, concurrency: 3, ...more },
  broken: {},
  absent: { folder: "no-such-folder" },
});
const invoke = (event: object, timeoutMs = 15_000) => lambdas.invoke(arn, event, { timeoutMs });

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "lambda-test-"));
  file = path.join(folder, "functions.json");
  for (const [name, text] of Object.entries({ greeter: code, broken: "throw new Error('no settings')" })) {
    await mkdir(path.join(folder, name));
    await writeFile(path.join(folder, name, "index.mjs"), text);
  }
  await writeFile(file, JSON.stringify(listed()));
  lines = [];
  lambdas = startLambdas({
    functionsFile: file,
    region: "us-east-1",
    log: (line) => lines.push(line),
    faults: async () => {},
  });
});
afterAll(async () => {
  lambdas.close();
  await rm(folder, { recursive: true });
});

describe("a function that a service calls", () => {
  test("runs in a process that stays warm, sees what it would see in Lambda, and nothing of our shell", async () => {
    const first = await invoke({ do: "who" });
    const second = await lambdas.invoke("greeter:$LATEST", { do: "who" }, { timeoutMs: 15_000 });
    expect(first).toMatchObject({
      ok: true,
      payload: { calls: 1, name: "greeter", arn, greeting: "hello", shell: null, region: "us-east-1" },
    });
    expect(second).toMatchObject({
      payload: { calls: 2, pid: (first as { payload: { pid: number } }).payload.pid },
    });
    expect((second as { payload: { left: number } }).payload.left).toBeGreaterThan(500);
  });

  test("events and answers come through whole, and stay out of the log", async () => {
    const event = { do: "echo", text: "Grüße, 你好 \u{1F600}", deep: [{ a: null }] };
    expect(await invoke(event)).toEqual({ ok: true, payload: event });
    expect(await invoke({ do: "nothing" })).toEqual({ ok: true, payload: null });
    expect(JSON.stringify(lines)).not.toContain("Grüße");
    expect(lines).toContainEqual(
      expect.objectContaining({ lambda: "greeter", outcome: "ok", durationMs: expect.any(Number) }),
    );
    expect(lines).toContainEqual(expect.objectContaining({ lambda: "greeter", line: "asked echo" }));
  });

  test("as many at once as it may have processes; the next is throttled", async () => {
    const all = await Promise.all(Array.from({ length: 4 }, () => invoke({ do: "sleep", ms: 300 })));
    expect(all.filter(({ ok }) => ok)).toHaveLength(3);
    expect(all.find(({ ok }) => !ok)).toMatchObject({ code: "THROTTLED" });
  });

  test.each([
    ["throws", { do: "throw" }, "UNHANDLED", "TypeError: no such account"],
    ["exits", { do: "exit" }, "UNHANDLED", "exit status 7"],
    ["takes longer than its time-out", { do: "sleep", ms: 5_000 }, "TIMED_OUT", "timed out after 1.00"],
    ["answers more than 6 MB", { do: "large" }, "TOO_LARGE", "Response payload size exceeded"],
  ])("one that %s is told so, and the next call is served", async (_, event, code, message) => {
    expect(await invoke(event)).toMatchObject({
      ok: false,
      code,
      message: expect.stringContaining(message),
    });
    expect(await invoke({ do: "echo" })).toMatchObject({ ok: true });
  });

  test("its caller waits no longer than it says", async () => {
    const began = performance.now();
    expect(await invoke({ do: "sleep", ms: 900 }, 100)).toMatchObject({ code: "TIMED_OUT" });
    expect(performance.now() - began).toBeLessThan(700);
  });

  test("an event of more than 6 MB, a function that nobody deployed, one that cannot be loaded", async () => {
    expect(await invoke({ text: "x".repeat(6 * 1024 * 1024) })).toMatchObject({ code: "TOO_LARGE" });
    const ask = (named: string) => lambdas.invoke(named, {}, { timeoutMs: 15_000 });
    expect(await ask(`${arn}-nobody`)).toMatchObject({ code: "UNKNOWN_FUNCTION" });
    expect(await ask("arn:aws:s3:::greeter")).toMatchObject({ code: "UNKNOWN_FUNCTION" });
    expect(await ask("broken")).toMatchObject({ code: "UNHANDLED", message: "Error: no settings" });
    expect(await ask("absent")).toMatchObject({ code: "UNHANDLED" });
  });

  test("one that is kept ready has loaded before anybody asks, and again when it is deployed anew", async () => {
    const listing = path.join(folder, "ready.json");
    const deploy = (GREETING: string) =>
      writeFile(listing, JSON.stringify({ greeter: { environment: { GREETING }, provisioned: 1 } }));
    const heard: object[] = [];
    const loaded = (times: number) =>
      expect
        .poll(() => heard.filter((line) => "line" in line && line.line === "loaded").length, {
          timeout: 8_000,
        })
        .toBe(times);
    await deploy("hello");
    const ready = startLambdas({
      functionsFile: listing,
      region: "us-east-1",
      log: (line) => heard.push(line),
      faults: async () => {},
    });
    await loaded(1);
    await deploy("good night");
    await loaded(2);
    const told = await ready.invoke("greeter", { do: "who" }, { timeoutMs: 5_000 });
    expect(told).toMatchObject({ payload: { calls: 1, greeting: "good night" } });
    await loaded(2);
    ready.close();
  });

  test("what is deployed anew is what runs", async () => {
    expect(await invoke({ do: "who" })).toMatchObject({ payload: { greeting: "hello" } });
    await writeFile(file, JSON.stringify(listed({ environment: { GREETING: "good evening" } })));
    expect(await invoke({ do: "who" })).toMatchObject({ payload: { calls: 1, greeting: "good evening" } });
  });
});

describe("Lambda's Invoke API", () => {
  let laptop: TestLaptop;
  beforeAll(async () => {
    laptop = await startTestLaptop({ LAPTOP_FUNCTIONS: file });
  });
  afterAll(() => laptop.stop());
  const post = (body: string, headers = {}, named = "greeter") =>
    fetch(`${laptop.url}/2015-03-31/functions/${encodeURIComponent(named)}/invocations`, {
      method: "POST",
      headers,
      body,
    });

  test("answers the function's JSON; an error of the function's is no error of the call", async () => {
    const answered = await post('{"do":"echo"}', {}, arn);
    expect([answered.status, answered.headers.get("x-amz-executed-version"), await answered.json()]).toEqual([
      200,
      "$LATEST",
      { do: "echo" },
    ]);
    const failed = await post('{"do":"throw"}');
    expect([failed.status, failed.headers.get("x-amz-function-error")]).toEqual([200, "Unhandled"]);
    expect(await failed.json()).toMatchObject({ errorType: "TypeError", errorMessage: "no such account" });
  });

  test.each([
    ["an event that nobody waits for", '{"do":"echo"}', "Event", "greeter", 202, null],
    ["a dry run", '{"do":"throw"}', "DryRun", "greeter", 204, null],
    ["another type", "{}", "Whatever", "greeter", 400, "InvalidParameterValueException"],
    ["no JSON", "{", "RequestResponse", "greeter", 400, "InvalidRequestContentException"],
    ["an unknown function", "{}", "RequestResponse", "nobody", 404, "ResourceNotFoundException"],
    [
      "1 MB for nobody",
      JSON.stringify("x".repeat(1024 * 1024)),
      "Event",
      "greeter",
      413,
      "RequestTooLargeException",
    ],
  ])("%s", async (_, body, type, named, status, refusal) => {
    const answered = await post(body, { "x-amz-invocation-type": type }, named);
    expect([answered.status, answered.headers.get("x-amzn-errortype")]).toEqual([status, refusal]);
  });

  test("faults are switched on by name, as of every service", async () => {
    await laptop.fault({ service: "lambda", operation: "Invoke", throttle: true });
    const refused = await post("{}");
    expect([refused.status, refused.headers.get("x-amzn-errortype")]).toEqual([
      429,
      "TooManyRequestsException",
    ]);
    await laptop.fault({ service: "lambda", operation: "Invoke" });
    expect((await post('{"do":"echo"}')).status).toBe(200);
  });
});
