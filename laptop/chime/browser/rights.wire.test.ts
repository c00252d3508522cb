import {
  CreateAttendeeCommand,
  CreateMeetingCommand,
  DeleteAttendeeCommand,
  UpdateAttendeeCapabilitiesCommand,
} from "@aws-sdk/client-chime-sdk-meetings";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Capabilities, Grant } from "../control/capabilities";
import { type Cloud, startCloud } from "../testing/start-cloud";
import { audibleDb, openVisitors, type Visitor } from "./visitors";

/** A waiting room, removal, capacity, devices and restarts, with the unmodified SDK. Each test goes on where the one before stopped. */
let cloud: Cloud;
let visitors: Awaited<ReturnType<typeof openVisitors>>;
let doctor: Visitor;
let patient: Visitor;
let meeting: { Meeting?: { MeetingId?: string } };
let meetingId: string;
const seats: Record<string, { AttendeeId?: string; JoinToken?: string }> = {};

const all = (grant: Grant): Capabilities => ({ Audio: grant, Video: grant, Content: grant });

async function seat(name: string, capabilities: Capabilities = all("SendReceive")) {
  const made = await cloud.sdk.send(
    new CreateAttendeeCommand({ MeetingId: meetingId, ExternalUserId: name, Capabilities: capabilities }),
  );
  seats[name] = made.Attendee ?? {};
  return seats[name];
}
const allow = (name: string, capabilities: Capabilities) =>
  cloud.sdk.send(
    new UpdateAttendeeCapabilitiesCommand({
      MeetingId: meetingId,
      AttendeeId: seats[name]?.AttendeeId,
      Capabilities: capabilities,
    }),
  );
const say = (visitor: Visitor, text: string) =>
  visitor.page.evaluate((words) => window.party.call().realtimeSendDataMessage("chat", words, 60_000), text);

beforeAll(async () => {
  [cloud, visitors] = await Promise.all([startCloud(), openVisitors()]);
  meeting = await cloud.sdk.send(
    new CreateMeetingCommand({
      ClientRequestToken: "visit-1",
      ExternalMeetingId: "visit-1",
      MediaRegion: "us-east-1",
      MeetingFeatures: { Attendee: { MaxCount: 2 } },
    }),
  );
  meetingId = meeting.Meeting?.MeetingId ?? "";
  await seat("doctor");
  await seat("patient", all("None"));
  [doctor, patient] = await Promise.all([visitors.visit("doctor"), visitors.visit("patient")]);
});
afterAll(async () => {
  await visitors?.close();
  await cloud?.stop();
});

test("who waits is known to be there, and is neither heard nor seen, nor hears, sees or reads", async () => {
  await doctor.join(meeting, seats.doctor, { hz: 440, color: "#c00000" });
  await doctor.saw({ type: "started" });
  await patient.join(meeting, seats.patient, { hz: 880, color: "#0000c0" });
  await patient.saw({ type: "started" });
  await doctor.saw({ type: "presence", who: "patient", present: true });
  await patient.saw({ type: "presence", who: "doctor", present: true });
  await say(doctor, "not for the waiting");
  await say(patient, "from the waiting");
  const [heardByDoctor, heardByPatient] = await Promise.all([
    doctor.page.evaluate(() => window.party.loudestDuring(880, 75)),
    patient.page.evaluate(() => window.party.loudestDuring(440, 75)),
  ]);
  expect(heardByDoctor).toBeLessThan(audibleDb);
  expect(heardByPatient).toBeLessThan(audibleDb);
  for (const visitor of [doctor, patient]) {
    const kinds = (await visitor.events()).filter(({ local }) => local !== true).map(({ type }) => type);
    expect(kinds).not.toContain("first-remote-frame");
    expect(kinds).not.toContain("tile");
    expect(kinds).not.toContain("data");
  }
  expect(await patient.page.evaluate(() => window.party.volumes.doctor ?? 0)).toBe(0);
  expect(cloud.chime.snapshot().meetings[0]?.attendees.map(({ waiting }) => waiting)).toEqual([false, true]);
});

test("who is admitted sees and hears at once, without a reconnect", async () => {
  await Promise.all([doctor.forget(), patient.forget()]);
  await allow("patient", all("SendReceive"));
  await Promise.all([
    doctor.saw({ type: "first-remote-frame", who: "patient" }),
    patient.saw({ type: "first-remote-frame", who: "doctor" }),
  ]);
  await Promise.all([
    doctor.hears(880),
    patient.hears(440),
    doctor.sees("patient", "blue"),
    patient.sees("doctor", "red"),
  ]);
  await patient.saw({ type: "data", text: "not for the waiting" }); // it still lives: like any late joiner's
  await say(patient, "now I may");
  await doctor.saw({ type: "data", text: "now I may" });
  for (const visitor of [doctor, patient])
    expect((await visitor.events()).map(({ type }) => type)).not.toContain("connecting");
});

test("who is sent back to waiting is out of sight and hearing at once", async () => {
  await Promise.all([doctor.forget(), patient.forget()]);
  await allow("patient", all("None"));
  await Promise.all([doctor.saw({ type: "tile-removed" }), patient.saw({ type: "tile-removed" })]);
  await Promise.all([doctor.doesNotHear(880), patient.doesNotHear(440)]);
});

test("listening alone is possible: heard by nobody, hearing the other", async () => {
  await allow("patient", { Audio: "Receive", Video: "Receive", Content: "None" });
  await Promise.all([patient.hears(440), patient.sees("doctor", "red")]);
  expect(await doctor.page.evaluate(() => window.party.loudestDuring(880, 50))).toBeLessThan(audibleDb);
});

test("the right to speak counts at once, the right to be seen from the client's next negotiation on", async () => {
  await doctor.forget();
  await allow("patient", all("SendReceive"));
  await doctor.hears(880);
  expect((await doctor.events()).map(({ type }) => type)).not.toContain("tile");
  await patient.page.evaluate(() => {
    window.party.call().stopLocalVideoTile();
    window.party.call().startLocalVideoTile();
  });
  await doctor.sees("patient", "blue");
});

test("a screen reaches nobody without the right to show one, and nobody any more once that is taken back", async () => {
  const withoutScreen: Capabilities = { ...all("SendReceive"), Content: "Receive" };
  const screen = "patient (content)";
  const cameraGoesOn = () => doctor.page.evaluate(() => window.party.receives("video", "frames", 30));
  await Promise.all([allow("patient", withoutScreen), doctor.forget(), patient.forget()]);
  const share = () =>
    patient.page.evaluate(() =>
      window.party.call().startContentShare(window.party.card("#00a000", 1280, 720)),
    );
  await share();
  await patient.saw({ type: "sharing" }); // its page sends, whatever it may
  await cameraGoesOn();
  expect((await doctor.events()).filter(({ content }) => content === true)).toEqual([]);
  expect(await doctor.page.evaluate((who) => window.party.framesOf(who), screen)).toBe(0);

  await allow("patient", all("SendReceive"));
  await patient.page.evaluate(() => window.party.call().stopContentShare());
  await patient.saw({ type: "sharing-over" });
  await share();
  await doctor.saw({ type: "tile", content: true, active: true });
  await doctor.sees(screen, "green");

  await doctor.forget();
  await allow("patient", withoutScreen);
  await doctor.saw({ type: "tile-removed" });
  await cameraGoesOn();
  expect(await doctor.page.evaluate((who) => window.party.framesOf(who), screen)).toBe(0);
  await doctor.sees("patient", "blue");
  await patient.page.evaluate(() => window.party.call().stopContentShare());
  await patient.saw({ type: "sharing-over" });
  await allow("patient", all("SendReceive"));
});

test("a full meeting turns a further person away", async () => {
  const third = await visitors.visit("third");
  await third.join(meeting, await seat("third"), { video: false });
  await third.saw({ type: "stopped", why: "AudioCallAtCapacity" });
  await third.leave();
});

test("a wrong token is told so", async () => {
  const stranger = await visitors.visit("stranger");
  await stranger.join(meeting, {
    ...seats.patient,
    JoinToken: `${seats.patient?.JoinToken?.slice(0, -2)}AA`,
  });
  await stranger.saw({ type: "stopped", why: "AudioAuthenticationRejected" });
  await stranger.leave();
});

test("a second device takes over, and the first is told", async () => {
  await Promise.all([doctor.forget(), patient.forget()]);
  const phone = await visitors.visit("phone");
  await phone.join(meeting, seats.patient, { hz: 1320, color: "#00a000" });
  await patient.saw({ type: "stopped", why: "AudioJoinedFromAnotherDevice" });
  await phone.saw({ type: "started" });
  await Promise.all([phone.hears(440), doctor.hears(1320), doctor.sees("patient", "green")]);
  await patient.leave();
  patient = phone;
});

test("a restart of the server in mid-call heals by itself, rights included", async () => {
  await Promise.all([doctor.forget(), patient.forget()]);
  const { port } = cloud;
  await cloud.stop();
  cloud = await startCloud({ port, load: cloud.saved() });
  await Promise.all([doctor.saw({ type: "started" }), patient.saw({ type: "started" })]);
  await Promise.all([
    doctor.hears(1320),
    patient.hears(440),
    doctor.sees("patient", "green"),
    patient.sees("doctor", "red"),
  ]);
  expect(cloud.chime.snapshot().meetings[0]?.attendees.map(({ connected }) => connected)).toContain(true);
});

test("who is removed is out, and stays out", async () => {
  await Promise.all([doctor.forget(), patient.forget()]);
  await cloud.sdk.send(
    new DeleteAttendeeCommand({ MeetingId: meetingId, AttendeeId: seats.patient?.AttendeeId }),
  );
  await patient.saw({ type: "stopped", why: "AudioAttendeeRemoved" });
  await doctor.saw({ type: "presence", who: "patient", present: false });
  await doctor.doesNotHear(1320);
  const again = await visitors.visit("again");
  await again.join(meeting, seats.patient, { video: false });
  await again.saw({ type: "stopped", why: "AudioAuthenticationRejected" });
  expect(cloud.faults).toEqual([]);
  expect(visitors.pageErrors).toEqual([]);
});
