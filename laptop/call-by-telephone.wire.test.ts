import { randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { type Chime, startChime } from "./chime/index";
import { ear, play } from "./chime/testing/tone";
import { type Connect, startConnect } from "./connect/index";
import { openExchange } from "./voice/exchange";
import { startVoice } from "./voice/index";

const supportFlow = "33333333-3333-4333-8333-333333333333";
const applicationId = "44444444-4444-4444-8444-444444444444";
const voiceConnectorArn = "arn:aws:chime:us-east-1:000000000000:vc/laptopvoiceconnector";
const agentSecret = "of-the-desk";
const token = "a.signed.token";
const [us, desk] = ["+15550100200", "+15550100300"];
const soon = { timeout: 4_000, interval: 10 };
const within = { timeout: 1_000, interval: 10 };
const clear = 0.8;
const faint = 0.1;

const open: Array<() => unknown> = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

type FlowEvent = {
  Details: {
    ContactData: {
      InitiationMethod: string;
      Channel: string;
      CustomerEndpoint: unknown;
      SystemEndpoint: unknown;
    };
    Parameters: Record<string, string>;
  };
};
type BridgeEvent = {
  InvocationEventType: string;
  ActionData?: { Parameters: { ParticipantTag?: string } };
  CallDetails: { Participants: Array<{ ParticipantTag: string; Status: string }> };
};

/** As the bridge's function does: rings the contact centre with the token; whoever hangs up takes the other along. */
function bridging(event: BridgeEvent, brings: string): object[] {
  if (event.InvocationEventType === "CALL_ANSWERED")
    return [
      {
        Type: "CallAndBridge",
        Parameters: {
          CallTimeoutSeconds: 5,
          CallerIdNumber: us,
          Endpoints: [{ BridgeEndpointType: "AWS", Arn: voiceConnectorArn, Uri: desk }],
          SipHeaders: { "X-Auth-Token": brings },
        },
      },
    ];
  if (event.InvocationEventType === "CALL_UPDATE_REQUESTED")
    return [{ Type: "SendDigits", Parameters: { ParticipantTag: "LEG-B", Digits: "47#" } }];
  if (event.InvocationEventType !== "HANGUP") return [];
  return event.CallDetails.Participants.filter(({ Status }) => Status === "Connected").map(
    ({ ParticipantTag }) => ({ Type: "Hangup", Parameters: { ParticipantTag, SipResponseCode: "0" } }),
  );
}

/** Meetings, the telephone network and the contact centre, as the laptop cloud wires them; a customer in a meeting calls. */
async function callByTelephone(brings = token) {
  const log = () => {};
  const chime: Chime = await startChime({
    secret: randomBytes(32),
    publicUrl: () => "http://127.0.0.1",
    log,
  });
  const asked: FlowEvent[] = [];
  const connect: Connect = startConnect({
    contacts: { load: undefined, save() {} },
    desk: { load: undefined, save() {} },
    meetings: chime,
    lambdas: {
      async invoke(functionArn, event) {
        asked.push(event as FlowEvent);
        if (!functionArn.endsWith("extract-auth-context"))
          return { ok: true, payload: { auth_status: "unknown" } };
        const isTrue = (event as FlowEvent).Details.Parameters.auth_token === token;
        const payload = isTrue
          ? { auth_status: "verified", customer_id: "1", first_name: "John", tier: "gold" }
          : { auth_status: "unverified", reason: "TOKEN_INVALID" };
        return { ok: true, payload };
      },
    },
    openLine: chime.openLine,
    instanceId: "11111111-1111-4111-8111-111111111111",
    flowIds: ["video", supportFlow],
    region: "us-east-1",
    agentSecret,
    quotas: false,
    now: Date.now,
    log,
  });
  const exchange = await openExchange({ onCall: (call) => void connect.takeCall(call), log });
  const voice = await startVoice({
    settings: {
      applicationId,
      voiceConnectorArn,
      functionArn: "bridge",
      region: "us-east-1",
      host: exchange.trunk.host,
      trunk: exchange.trunk,
    },
    openLine: chime.openLine,
    log,
    invoke: async (_, event) => ({
      ok: true,
      payload: { SchemaVersion: "1.0", Actions: bridging(event as BridgeEvent, brings) },
    }),
  });
  open.push(
    () => chime.close(),
    () => connect.close(),
    () => exchange.close(),
    () => voice.close(),
  );
  const id = `call-${randomBytes(4).toString("hex")}`;
  const { MeetingId } = await chime.createMeeting({ externalMeetingId: id, clientRequestToken: id });
  const customer = await chime.openLine(MeetingId, { externalUserId: "customer" });
  const seat = await chime.createAttendee(MeetingId, "telephone");
  const ask = (operation: string, path: string, body: object) =>
    JSON.parse(
      String(
        voice.handle(operation, {
          method: "POST",
          path: `/sip-media-applications/${applicationId}/calls${path}`,
          query: new URLSearchParams(),
          headers: {},
          body: Buffer.from(JSON.stringify(body)),
        }).body,
      ),
    ) as { SipMediaApplicationCall: { TransactionId: string } };
  const { TransactionId } = ask("CreateSipMediaApplicationCall", "", {
    FromPhoneNumber: us,
    ToPhoneNumber: "+17035550122",
    SipHeaders: { "X-chime-meeting-id": MeetingId, "X-chime-join-token": seat.JoinToken },
  }).SipMediaApplicationCall;
  const contact = () => connect.contacts()[0];
  return {
    chime,
    connect,
    voice,
    customer,
    asked,
    contact,
    pressKeys: () => ask("UpdateSipMediaApplicationCall", `/${TransactionId}`, { Arguments: {} }),
    hangUp: () => chime.endMeeting(MeetingId),
    isOver: () => contact()?.disconnectedAt !== null && voice.calls().length === 0,
  };
}
type Test = Awaited<ReturnType<typeof callByTelephone>>;

/** An agent at whom calls ring, past the door's HTTP. */
async function signIn({ connect }: Test, username: string) {
  const door = async (step: string, bearer: string, body: object) => {
    const answer = await connect.agentDoor(
      {
        method: "POST",
        path: `/_laptop/connect/agents${step}`,
        query: new URLSearchParams(),
        headers: { authorization: `Bearer ${bearer}` },
        body: Buffer.from(JSON.stringify(body)),
      },
      {} as ServerResponse,
    );
    return JSON.parse(String(answer?.body)) as {
      token: string;
      agentId: string;
      contact: { media: { attendee: { JoinToken: string } } };
    };
  };
  const signedIn = await door("", agentSecret, { username, name: username, profile: "Support" });
  await door("/me/status", signedIn.token, { status: "Available" });
  return {
    agentId: signedIn.agentId,
    act: (act: string, body: object = {}) => door(`/me/${act}`, signedIn.token, body),
  };
}

/** Takes the call, and speaks with this tone. */
async function take(test: Test, agent: Awaited<ReturnType<typeof signIn>>, hz: number) {
  const { contactId = "", meeting } = test.contact() ?? {};
  const { media } = (await agent.act("accept", { contactId })).contact;
  const line = await test.chime.openLine(String(meeting?.MeetingId), {
    joinToken: media.attendee.JoinToken,
  });
  open.push(play(hz, (frame) => line.write(frame)));
  return { contactId, heard: ear((frame) => line.onSound(frame)) };
}

describe("a call by telephone to our own contact centre, by SIP and RTP", () => {
  test("is a contact like any other, whose flow reads the token from the INVITE; each hears the other; hold, transfer and hang-up", async () => {
    const call = await callByTelephone();
    const [ann, bob] = [await signIn(call, "ann"), await signIn(call, "bob")];
    await expect.poll(() => call.contact()?.attributes.auth_status, soon).toBe("verified");
    expect(call.asked[0]?.Details).toMatchObject({
      ContactData: {
        InitiationMethod: "INBOUND",
        Channel: "VOICE",
        CustomerEndpoint: { Address: us, Type: "TELEPHONE_NUMBER" },
        SystemEndpoint: { Address: desk },
      },
      Parameters: { auth_token: token },
    });
    await expect.poll(() => call.connect.queueOf(call.contact()!), soon).toBe("Personal bankers");

    const first = await take(call, ann, 600);
    const { contactId } = first;
    const hears = ear((frame) => call.customer.onSound(frame));
    open.push(play(400, (frame) => call.customer.write(frame)));
    await expect.poll(() => hears.share(600), soon).toBeGreaterThan(clear);
    await expect.poll(() => first.heard.share(400), soon).toBeGreaterThan(clear);

    await ann.act("hold", { contactId });
    await expect.poll(() => Math.max(hears.share(600), first.heard.share(400)), within).toBeLessThan(faint);
    await ann.act("resume", { contactId });
    await expect.poll(() => hears.share(600), within).toBeGreaterThan(clear);

    await ann.act("transfer", { contactId, agentId: bob.agentId });
    const second = await take(call, bob, 800);
    await expect.poll(() => hears.share(800), soon).toBeGreaterThan(clear);
    await expect.poll(() => second.heard.share(400), soon).toBeGreaterThan(clear);

    // To Connect it is another contact since it was handed on.
    expect(second.contactId).not.toBe(contactId);
    await bob.act("hang-up", { contactId: second.contactId });
    await expect.poll(call.isOver, within).toBe(true);
  });

  test("with a token that is none it is asked for an account number, whose keys the flow hears; who hangs up in the meeting has hung up there within a second", async () => {
    const call = await callByTelephone("a.forged.token");
    await expect.poll(() => call.contact()?.words, soon).toContain("enter your account number");
    call.pressKeys();
    await expect.poll(() => call.asked.at(-1)?.Details.Parameters, soon).toEqual({ account_number: "47" });
    expect(call.contact()?.attributes.auth_status).toBe("unverified");
    call.hangUp();
    await expect.poll(call.isOver, within).toBe(true);
    expect(call.contact()?.disconnectReason).toBe("CUSTOMER_DISCONNECT");
  });
});
