import { randomUUID } from "node:crypto";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Db, openDb } from "@/db/as-actor";
import { supportCalls } from "@/db/schema";
import { system } from "@/db/testing/people";
import { freshDatabase } from "@/db/testing/test-database";
import { type LaptopProcess, startLaptopProcess } from "@/e2e/laptop-process";
import { readEnv } from "@/lib/env";
import { readOwnCall } from "@/lib/support-calls/own-calls";
import { reconcileCalls } from "@/lib/support-calls/reconcile-calls";
import { startCall } from "@/lib/support-calls/start-call";
import { makeCaller, withContact } from "@/lib/support-calls/testing";
import { granted } from "@/lib/visits/testing";
import { signCallerContext } from "@/lib/vouchers/caller-context";
import { type Container, openContainer } from "@/lib/wiring/container";
import { bundleLambdas } from "@/scripts/start/bundle";
import { lambdaEnv, localEnv } from "@/scripts/start/child-env";
import { deployLambdas } from "@/scripts/start/deploy-lambdas";

const agentSecret = "secret-of-this-test";
const root = path.resolve(import.meta.dirname, "../..");
let database: Awaited<ReturnType<typeof freshDatabase>>;
let laptop: LaptopProcess;
let folder: string;
let deps: Container;
let db: Db;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "lambdas-"));
  const functionsFile = path.join(folder, "functions.json");
  [database, laptop] = await Promise.all([
    freshDatabase(),
    startLaptopProcess({ LAPTOP_FUNCTIONS: functionsFile, LAPTOP_AGENT_SECRET: agentSecret }),
  ]);
  const places = { databaseUrl: database.app, laptopUrl: laptop.url };
  await deployLambdas(root, functionsFile, lambdaEnv(places));
  const all = { ...places, appUrl: "http://app.test", port: 0, dataFolder: folder, lan: null };
  deps = await openContainer("test", readEnv(localEnv({ LOG_LEVEL: "silent" }, all, true)));
  db = openDb(database.app, { max: 2 });
  // It has loaded, and has our keys and a connection: what is measured in seconds here is a busy machine.
  const nobody = { caller_context: await tokenFor(randomUUID(), randomUUID()) };
  const loaded = async () => (await invoke("extract-auth-context", event(randomUUID(), nobody))).told.reason;
  await vi.waitFor(async () => expect(await loaded()).toBe("TOKEN_INVALID"), waiting);
});
afterAll(async () => {
  await Promise.all([deps?.db.close(), db?.close()]);
  await laptop?.stop();
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

/** As Connect sends it: https://docs.aws.amazon.com/connect/latest/adminguide/connect-lambda-functions.html */
const event = (
  ContactId: string,
  Attributes: Record<string, string>,
  Parameters: Record<string, string> = {},
) => ({
  Name: "ContactFlowEvent",
  Details: {
    ContactData: {
      Attributes,
      AwsRegion: "us-east-1",
      Channel: "VOICE",
      ContactId,
      CustomerEndpoint: null,
      CustomerId: null,
      Description: null,
      InitialContactId: ContactId,
      InitiationMethod: "WEBRTC_API",
      InstanceARN: "arn:aws:connect:us-east-1:000000000000:instance/11111111-1111-4111-8111-111111111111",
      LanguageCode: "en-US",
      MediaStreams: { Customer: { Audio: null } },
      Name: null,
      PreviousContactId: ContactId,
      Queue: null,
      References: {},
      SegmentAttributes: {},
      SystemEndpoint: null,
      Tags: {},
    },
    Parameters,
  },
});
const waiting = { timeout: 15_000, interval: 100 };
const tokenFor = (callId: string, customerId: string) =>
  signCallerContext(deps.signer, { callId, customerId, iat: Math.floor(Date.now() / 1000) });
async function contactOf(contactId: string): Promise<Record<string, string>> {
  const listed = (await (await fetch(`${laptop.url}/_laptop/contacts`)).json()) as {
    contactId: string;
    attributes: Record<string, string>;
  }[];
  return listed.find((one) => one.contactId === contactId)?.attributes ?? {};
}
async function invoke(name: string, payload: unknown) {
  const answered = await fetch(`${laptop.url}/2015-03-31/functions/${name}/invocations`, {
    method: "POST",
    body: JSON.stringify(payload),
  });
  return { failed: answered.headers.get("x-amz-function-error"), told: await answered.json() };
}

test("each bundle is small", async () => {
  const made = await bundleLambdas(root);
  expect([...made.keys()]).toEqual(expect.arrayContaining(["extract-auth-context", "verify-account"]));
  for (const [name, where] of made)
    expect((await stat(path.join(where, "index.mjs"))).size, name).toBeLessThan(300_000);
});

describe("as they are deployed, over the Runtime API", () => {
  /** An agent at whom calls ring, as the desk's own door sees them. */
  async function signIn(username: string) {
    const post = async (step: string, bearer: string, body: object) =>
      (
        await fetch(`${laptop.url}/_laptop/connect/agents${step}`, {
          method: "POST",
          headers: { authorization: `Bearer ${bearer}` },
          body: JSON.stringify(body),
        })
      ).json();
    const { token } = await post("", agentSecret, { username, name: username, profile: "Support" });
    const screens = await fetch(`${laptop.url}/_laptop/connect/agents/me/events`, {
      headers: { authorization: `Bearer ${token}` },
    });
    await post("/me/status", token, { status: "Available" });
    return {
      act: (act: string, body: object) => post(`/me/${act}`, token, body),
      async ringing() {
        let told = "";
        for await (const chunk of screens.body!.pipeThrough(new TextDecoderStream())) {
          told += chunk;
          const whole = told.split("\n\n").slice(0, -1);
          const rings = whole.find((event) => event.includes('"phase":"ringing"'));
          if (rings) return JSON.parse(rings.slice(rings.indexOf("data:") + 5)).contact;
        }
      },
    };
  }

  test.each(["webrtc", "sip"] as const)(
    "from the click to the desk by route %s: the flow has asked, and the agent at whom it rings reads who calls",
    async (route) => {
      const agent = await signIn(`sam-${route}`);
      const caller = await makeCaller(db, { firstName: "Zoë" });
      const call = granted(await startCall(deps, caller, { route }));
      const contact = await agent.ringing();
      expect(contact).toMatchObject({
        queue: "Personal bankers",
        attributes: { auth_status: "verified", first_name: "Zoë", tier: "gold" },
      });
      expect(JSON.stringify(contact.attributes)).not.toContain("eyJ");
      const own = async () => {
        await db.asActor(system, (tx) => tx.update(supportCalls).set({ lookedAt: new Date(0) }));
        await reconcileCalls(deps);
        return granted(await readOwnCall(deps, { ...caller, callId: call.callId })).status;
      };
      expect(await own()).toBe("waiting");
      await agent.act("accept", { contactId: contact.contactId });
      expect(await own()).toBe("connected");
      await agent.act("hang-up", { contactId: contact.contactId });
      await expect
        .poll(async () => (await deps.meetings.get(call.MeetingId)).ok, { timeout: 1_000, interval: 10 })
        .toBe(false);
      expect(await own()).toBe("ended");
      await agent.act("status", { status: "Offline" });
    },
  );

  test("the same contact hears the same again; forged, stolen and absent contexts are believed nowhere", async () => {
    const { customer, ...caller } = await makeCaller(db);
    const call = withContact(granted(await startCall(deps, { customer, ...caller })));
    // The flow asks first: one process answers both, one after the other.
    await expect.poll(async () => (await contactOf(call.contactId)).auth_status, waiting).toBe("verified");
    const token = await tokenFor(call.callId, customer.id);
    const ask = async (contactId: string, given: Record<string, string>, parameters = {}) =>
      (await invoke("extract-auth-context", event(contactId, given, parameters))).told;

    const verified = await ask(call.contactId, { caller_context: token });
    expect(verified).toMatchObject({ auth_status: "verified", first_name: "Ana", tier: "gold", reason: "" });
    expect(Object.values(verified).every((value) => typeof value === "string")).toBe(true);
    expect(await ask(call.contactId, {}, { auth_token: token })).toEqual(verified);
    const stolen = await ask(randomUUID(), { caller_context: token });
    expect(stolen).toMatchObject({ auth_status: "unverified", reason: "TOKEN_REUSED", customer_id: "" });

    const [head, body, tail] = token.split(".");
    const planted = { auth_status: "verified", customer_id: "12345" };
    for (const forged of [`${head}.${body}.${tail!.slice(0, -4)}AAAA`, `${body}.${head}.${tail}`, "12345"])
      expect(await ask(call.contactId, { ...planted, caller_context: forged })).toMatchObject({
        auth_status: "unverified",
        reason: "TOKEN_INVALID",
      });
    expect(await ask(call.contactId, planted)).toMatchObject({ reason: "NO_CONTEXT" });
    for (const nonsense of [null, {}, { Details: null }, { Details: { ContactData: { ContactId: 7 } } }, []])
      expect((await invoke("extract-auth-context", nonsense)).told).toMatchObject({ reason: "NO_CONTEXT" });
  });

  test("an account number is looked up by its keyed hash", async () => {
    const number = "4711081500";
    const { customer } = await makeCaller(db, {
      accountNumberHash: deps.keyring.hash("account-number", number),
    });
    const ask = async (account_number: string) =>
      (await invoke("verify-account", event(randomUUID(), {}, { account_number }))).told;
    await expect
      .poll(() => ask(number), waiting)
      .toEqual({ auth_status: "identified", customer_id: customer.id });
    expect(await ask("0000000000")).toEqual({ auth_status: "unverified", customer_id: "" });
  });

  test("while the vault is slow, the flow has its answer within the function's 3 s and goes on to ask", async () => {
    const slow = (slowMs: number) =>
      fetch(`${laptop.url}/_laptop/faults`, {
        method: "PUT",
        body: JSON.stringify({ service: "kms", slowMs }),
      });
    await slow(8_000);
    // A process that has not yet seen our keys.
    await deployLambdas(root, path.join(folder, "functions.json"), {
      ...lambdaEnv({ databaseUrl: database.app, laptopUrl: laptop.url }),
      FRESH: "yes",
    });
    const { told, failed } = await invoke(
      "verify-account",
      event(randomUUID(), {}, { account_number: "4711081500" }),
    );
    expect([failed, told]).toEqual([null, { auth_status: "unverified", customer_id: "" }]);
    await slow(0);
  });
});
