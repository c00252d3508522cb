import { spawn, spawnSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { freshDatabase } from "@/db/testing/test-database";
import { startLaptopProcess } from "@/e2e/laptop-process";
import { readEnv } from "@/lib/env";
import { endCall } from "@/lib/support-calls/end-call";
import { readOwnCall } from "@/lib/support-calls/own-calls";
import { reconcileCalls } from "@/lib/support-calls/reconcile-calls";
import { startCall } from "@/lib/support-calls/start-call";
import { makeCaller } from "@/lib/support-calls/testing";
import { granted } from "@/lib/visits/testing";
import { verifyCallerContext } from "@/lib/vouchers/caller-context";
import { type Container, openContainer } from "@/lib/wiring/container";
import { lambdaEnv, localEnv } from "@/scripts/start/child-env";
import { deployLambdas } from "@/scripts/start/deploy-lambdas";

const root = path.resolve(import.meta.dirname, "../..");
const waiting = { timeout: 15_000, interval: 50 };
const tokenIn = (text: string) => /^X-Auth-Token: *(\S+)\r?$/im.exec(text)?.[1] ?? "";
let folder: string;
const open: Array<() => unknown> = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "trunk-"));
});
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The product in front of a laptop cloud whose calls go out to this trunk. */
async function callTo(port: number) {
  // A vault of its own sealed its keys.
  const database = await freshDatabase();
  open.push(() => database.drop());
  const functionsFile = path.join(folder, `functions-${port}.json`);
  const laptop = await startLaptopProcess({
    LAPTOP_FUNCTIONS: functionsFile,
    LAPTOP_SIP_TRUNK: `sip:127.0.0.1:${port}`,
  });
  open.push(() => laptop.stop());
  const places = { databaseUrl: database.app, laptopUrl: laptop.url };
  await deployLambdas(root, functionsFile, lambdaEnv(places));
  const all = { ...places, appUrl: "http://app.test", port: 0, dataFolder: folder, lan: null };
  const deps: Container = await openContainer("test", readEnv(localEnv({ LOG_LEVEL: "silent" }, all, true)));
  open.push(() => deps.db.close());
  const caller = await makeCaller(deps.db);
  return { deps, caller, call: granted(await startCall(deps, caller, { route: "sip" })) };
}

test("a trunk that is busy was brought a token that verifies; the call and its meeting are over", async () => {
  const trunk = createSocket("udp4").bind(0, "127.0.0.1");
  await once(trunk, "listening");
  open.push(() => trunk.close());
  const invited = new Promise<string>((arrived) => {
    trunk.on("message", (bytes, from) => {
      const text = bytes.toString("utf8");
      if (!text.startsWith("INVITE ")) return;
      const kept = text.match(/^(Via|From|To|Call-ID|CSeq):.*$/gim) ?? [];
      const answer = [
        "SIP/2.0 486 Busy Here",
        ...kept.map((line) => line.replace(/^(To:.*)$/i, "$1;tag=busy")),
      ];
      trunk.send(`${answer.join("\r\n")}\r\nContent-Length: 0\r\n\r\n`, from.port, from.address);
      arrived(tokenIn(text));
    });
  });
  const { deps, caller, call } = await callTo(trunk.address().port);
  const verified = await verifyCallerContext(deps.signer, await invited, new Date());
  expect(granted(verified)).toMatchObject({ callId: call.callId, customerId: caller.customer.id });
  await expect.poll(async () => (await deps.meetings.get(call.MeetingId)).ok, waiting).toBe(false);
  const late = { now: () => new Date(Date.now() + 10_000) };
  await reconcileCalls({ ...deps, clock: late });
  expect(granted(await readOwnCall(deps, { ...caller, callId: call.callId })).status).toBe("ended");
});

// A package of the system (sip-tester), not of npm: where it is installed, a real SIP agent is the trunk.
const sipp = spawnSync("sipp", ["-v"]).error === undefined;
test.skipIf(!sipp)(
  "SIPp as the trunk is brought a token that verifies, and the caller's hang-up ends its call",
  async () => {
    const port = 20_000 + Math.floor(Math.random() * 20_000);
    const messages = path.join(folder, "messages.log");
    const where = ["-i", "127.0.0.1", "-p", String(port), "-mp", String(port + 2)];
    const agent = spawn(
      "sipp",
      ["-sn", "uas", ...where, "-rtp_echo", "-m", "1", "-nostdin", "-trace_msg", "-message_file", messages],
      { cwd: folder, stdio: "ignore" },
    );
    open.push(() => agent.kill());
    const ended = new Promise((resolve) => agent.once("exit", resolve));
    const { deps, caller, call } = await callTo(port);
    const brought = async () => tokenIn(await readFile(messages, "utf8").catch(() => ""));
    await expect.poll(brought, waiting).not.toBe("");
    const verified = await verifyCallerContext(deps.signer, await brought(), new Date());
    expect(granted(verified)).toMatchObject({ callId: call.callId, customerId: caller.customer.id });
    await expect.poll(() => readFile(messages, "utf8"), waiting).toMatch(/^ACK /m);
    await endCall(deps, { ...caller, callId: call.callId });
    expect(await ended).toBe(0);
  },
);
