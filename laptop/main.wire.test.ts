import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { PinpointSMSVoiceV2Client, SendTextMessageCommand } from "@aws-sdk/client-pinpoint-sms-voice-v2";
import { afterEach, beforeEach, expect, test } from "vitest";
import { clientOf } from "./testing/start-test-laptop";

let folder: string;
const children: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "laptop-main-"));
});
afterEach(async () => {
  for (const child of children.splice(0)) if (child.exitCode === null) child.kill("SIGKILL");
  await rm(folder, { recursive: true });
});

function run(env: Record<string, string> = {}): ChildProcess {
  const child = spawn(process.execPath, ["--import", "tsx", "laptop/main.ts"], {
    env: { ...process.env, NODE_ENV: "test", LAPTOP_PORT: "0", LAPTOP_DATA: folder, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  return child;
}

async function ready(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) {
    const said = JSON.parse(line) as { ready: boolean; url: string };
    if (said.ready) return said.url;
  }
  throw new Error("It ended before it was ready");
}

/** What a process that does not start leaves behind. */
async function refusal(child: ChildProcess) {
  let said = "";
  child.stderr!.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  const [code] = (await once(child, "close")) as [number];
  return { code, said };
}

const dataKey = (kms: KMSClient) =>
  kms.send(new GenerateDataKeyCommand({ KeyId: "alias/video-recordings-cmk", KeySpec: "AES_256" }));

test("killed without warning, it still opens what it sealed an instant before", async () => {
  const first = run();
  const sealed = await dataKey(new KMSClient(clientOf(await ready(first))));
  first.kill("SIGKILL");
  await once(first, "close");
  const again = new KMSClient(clientOf(await ready(run())));
  const opened = await again.send(new DecryptCommand({ CiphertextBlob: sealed.CiphertextBlob }));
  expect(Buffer.from(opened.Plaintext ?? [])).toEqual(Buffer.from(sealed.Plaintext ?? [0]));
});

test("asked to stop, it loses no message, and stops at once", async () => {
  const first = run();
  const sms = new PinpointSMSVoiceV2Client(clientOf(await ready(first)));
  const { MessageId } = await sms.send(
    new SendTextMessageCommand({ DestinationPhoneNumber: "+15550101234", MessageBody: "hello" }),
  );
  first.kill("SIGTERM");
  expect(await once(first, "close")).toEqual([0, null]);
  const inbox = await fetch(`${await ready(run())}/_laptop/inbox`);
  expect(await inbox.json()).toMatchObject([{ id: MessageId }]);
});

test("its keys are for their owner alone to read", async () => {
  await ready(run());
  for (const name of ["kms.json", "chime.secret"])
    expect((await stat(path.join(folder, name))).mode & 0o777).toBe(0o600);
});

test("it is nobody's production by accident", async () => {
  const { code, said } = await refusal(run({ NODE_ENV: "production", CLOUD: "aws" }));
  expect(code).toBe(1);
  expect(said).toMatch(/stands in for a cloud/);
});

test("a taken port is said in one line that names the setting", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const { port } = taken.address() as { port: number };
  const { code, said } = await refusal(run({ LAPTOP_PORT: String(port) }));
  taken.close();
  expect(code).toBe(1);
  expect(said.trim().split("\n")).toEqual([expect.stringContaining("LAPTOP_PORT")]);
});

test("damaged state is named and left as it is, not overwritten", async () => {
  const file = path.join(folder, "kms.json");
  await writeFile(file, '{"keys":[');
  const { code, said } = await refusal(run());
  expect([code, said]).toEqual([1, expect.stringContaining("kms.json is damaged")]);
  expect(await readFile(file, "utf8")).toBe('{"keys":[');
});
