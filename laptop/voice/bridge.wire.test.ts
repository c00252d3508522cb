import { spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { ChimeSDKMeetingsClient, GetMeetingCommand } from "@aws-sdk/client-chime-sdk-meetings";
import {
  ChimeSDKVoiceClient,
  CreateSipMediaApplicationCallCommand,
  UpdateSipMediaApplicationCallCommand,
} from "@aws-sdk/client-chime-sdk-voice";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { mediaParty } from "../chime/testing/media-party";
import { startTestLaptop, type TestLaptop } from "../testing/start-test-laptop";
import { header } from "./sip/message";
import { startTelephone, type Telephone } from "./testing/telephone";

const root = path.resolve(import.meta.dirname, "../..");
const applicationId = "44444444-4444-4444-8444-444444444444";
const callerContext = "eyJhbGciOiJFUzI1NiJ9.e30.signature";
/** Lambda's own copy of the SDK lies beside a function; here, above it. */
const folder = path.join(root, "node_modules/.cache/vouchsafe/bridge-test");
let data: string;
let functionsFile: string;

/** The function as it is deployed. */
beforeAll(async () => {
  data = await mkdtemp(path.join(tmpdir(), "bridge-"));
  functionsFile = path.join(data, "functions.json");
  await mkdir(folder, { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: ["runtimes/lambda/sip-bridge.ts"],
    outfile: path.join(folder, "index.mjs"),
    bundle: true,
    minify: true,
    platform: "node",
    format: "esm",
    target: "node20",
    external: ["@aws-sdk/*"],
    logLevel: "silent",
  });
});
afterAll(() => rm(data, { recursive: true, force: true }));

const open: Array<() => unknown> = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** A laptop cloud with our function and this trunk. */
async function startCloud(trunk: string): Promise<TestLaptop> {
  const laptop = await startTestLaptop({ LAPTOP_FUNCTIONS: functionsFile, LAPTOP_SIP_TRUNK: trunk });
  const environment = { CLOUD: "local", AWS_ENDPOINT_URL: laptop.url };
  await writeFile(functionsFile, JSON.stringify({ "sip-bridge": { folder, environment } }));
  return laptop;
}

/** A customer in a meeting calls. */
async function call(laptop: TestLaptop) {
  const voice = new ChimeSDKVoiceClient(laptop.client);
  const meetings = new ChimeSDKMeetingsClient(laptop.client);
  open.push(
    () => voice.destroy(),
    () => meetings.destroy(),
  );
  const post = async (at: string, body: object) =>
    (await fetch(`${laptop.url}${at}`, { method: "POST", body: JSON.stringify(body) })).json() as Promise<{
      Meeting: { MeetingId: string; MediaPlacement: { SignalingUrl: string } };
      Attendee: { JoinToken: string };
    }>;
  const names = {
    ClientRequestToken: randomUUID(),
    ExternalMeetingId: "call",
    MediaRegion: "us-east-1",
  };
  const { MeetingId, MediaPlacement } = (await post("/meetings", names)).Meeting;
  const seat = async (ExternalUserId: string) =>
    (await post(`/meetings/${MeetingId}/attendees`, { ExternalUserId })).Attendee.JoinToken;
  const customer = await mediaParty(MediaPlacement.SignalingUrl, await seat("customer"));
  open.push(() => customer.leave());
  const { SipMediaApplicationCall } = await voice.send(
    new CreateSipMediaApplicationCallCommand({
      SipMediaApplicationId: applicationId,
      FromPhoneNumber: "+15550100200",
      ToPhoneNumber: "+17035550122",
      SipHeaders: { "X-chime-meeting-id": MeetingId, "X-chime-join-token": await seat("telephone") },
      ArgumentsMap: {
        meetingId: MeetingId,
        callerContext,
        voiceConnectorArn: "arn:aws:chime:us-east-1:000000000000:vc/laptopvoiceconnector",
        toNumber: "+15550100300",
        callerId: "+15550100200",
      },
    }),
  );
  return {
    customer,
    update: (Arguments: Record<string, string>) =>
      voice.send(
        new UpdateSipMediaApplicationCallCommand({
          SipMediaApplicationId: applicationId,
          TransactionId: SipMediaApplicationCall?.TransactionId,
          Arguments,
        }),
      ),
    endMeeting: () => fetch(`${laptop.url}/meetings/${MeetingId}`, { method: "DELETE" }),
    meetingIsOver: () =>
      expect
        .poll(() => meetings.send(new GetMeetingCommand({ MeetingId })).catch(({ name }) => name), {
          timeout: 5_000,
        })
        .toBe("NotFoundException"),
    callIsOver: () =>
      expect
        .poll(async () => (await fetch(`${laptop.url}/_laptop/calls`)).json(), { timeout: 5_000 })
        .toEqual([]),
  };
}
describe("our own function, from its bundle", () => {
  let phone: Telephone;
  let laptop: TestLaptop;
  beforeAll(async () => {
    phone = await startTelephone();
    laptop = await startCloud(`sip:127.0.0.1:${phone.port}`);
  });
  afterAll(async () => {
    await laptop.stop();
    phone.close();
  });
  const hungUpOn = (times: number) =>
    expect.poll(() => phone.got("BYE").length, { interval: 5, timeout: 1_000 }).toBe(times);
  const answered = (times: number) =>
    expect.poll(() => phone.got("ACK").length, { interval: 5, timeout: 8_000 }).toBe(times);

  test("rings the contact centre with the caller context; keys arrive; its hang-up ends the call and the meeting", async () => {
    expect((await stat(path.join(folder, "index.mjs"))).size).toBeLessThan(300_000);
    const { update, meetingIsOver, callIsOver } = await call(laptop);
    await answered(1);
    expect(header(phone.got("INVITE")[0]!, "x-auth-token")).toBe(callerContext);
    await update({ keys: "7#" });
    await expect.poll(() => phone.keys.join(""), { timeout: 5_000 }).toBe("7#");
    phone.ask("BYE");
    await meetingIsOver();
    await callIsOver();
  });

  test("the customer's hang-up ends the contact centre's leg; so does the web process's word", async () => {
    const first = await call(laptop);
    await answered(2);
    await first.endMeeting();
    await hungUpOn(1);
    const second = await call(laptop);
    await answered(3);
    await second.update({ hangUp: "yes" });
    await hungUpOn(2);
    await second.meetingIsOver();
  });
});

const sipp = spawnSync("sipp", ["-v"]).error === undefined;
const scenario = `<?xml version="1.0"?>
<scenario name="contact centre">
  <recv request="INVITE"><action>
    <ereg regexp="^ *${callerContext.replaceAll(".", "\\.")} *$" search_in="hdr" header="X-Auth-Token:" check_it="true" assign_to="1"/>
    <log message="token [$1]"/>
  </action></recv>
  <send><![CDATA[
SIP/2.0 180 Ringing
[last_Via:]
[last_From:]
[last_To:];tag=sipp[call_number]
[last_Call-ID:]
[last_CSeq:]
Contact: <sip:[local_ip]:[local_port];transport=[transport]>
Content-Length: 0

]]></send>
  <send retrans="500"><![CDATA[
SIP/2.0 200 OK
[last_Via:]
[last_From:]
[last_To:];tag=sipp[call_number]
[last_Call-ID:]
[last_CSeq:]
Contact: <sip:[local_ip]:[local_port];transport=[transport]>
Content-Type: application/sdp
Content-Length: [len]

v=0
o=sipp 1 1 IN IP[local_ip_type] [local_ip]
s=-
c=IN IP[media_ip_type] [media_ip]
t=0 0
m=audio [media_port] RTP/AVP 0 101
a=rtpmap:0 PCMU/8000
a=rtpmap:101 telephone-event/8000
]]></send>
  <recv request="ACK"><action><log message="answered"/></action></recv>
  <recv request="BYE"/>
  <send><![CDATA[
SIP/2.0 200 OK
[last_Via:]
[last_From:]
[last_To:]
[last_Call-ID:]
[last_CSeq:]
Content-Length: 0

]]></send>
</scenario>`;

// A package of the system (sip-tester), not of npm: where it is installed, a real SIP agent is the trunk.
test.skipIf(!sipp)(
  "SIPp as the trunk finds the token in the INVITE, and the call clean from INVITE to BYE",
  async () => {
    const port = 20_000 + Math.floor(Math.random() * 20_000);
    const file = path.join(data, "scenario.xml");
    await writeFile(file, scenario);
    const agent = spawn(
      "sipp",
      [
        "-sf",
        file,
        "-i",
        "127.0.0.1",
        "-p",
        String(port),
        "-mp",
        String(port + 2),
        "-rtp_echo",
        "-m",
        "1",
        "-nostdin",
        "-trace_logs",
        "-log_file",
        path.join(data, "sipp.log"),
      ],
      { cwd: data, stdio: "ignore" },
    );
    open.push(() => agent.kill());
    const ended = new Promise((resolve) => agent.once("exit", resolve));
    const laptop = await startCloud(`sip:127.0.0.1:${port}`);
    open.push(laptop.stop);
    const { endMeeting } = await call(laptop);
    const logged = () => readFile(path.join(data, "sipp.log"), "utf8").catch(() => "");
    // Before its ACK a call is ended by CANCEL, not by the BYE that the scenario waits for.
    await expect.poll(logged, { timeout: 8_000 }).toContain("answered");
    expect(await logged()).toContain(callerContext);
    await endMeeting();
    expect(await ended).toBe(0);
  },
);
