import { Decoder, Encoder } from "@evan/opus";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { AudioLine } from "./line";
import { mediaParty } from "./testing/media-party";
import { type Cloud, startCloud } from "./testing/start-cloud";
import { ear, play, shareOf, toneOf } from "./testing/tone";

const clear = 0.8;
const faint = 0.1;

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.stop());

let number = 0;
async function meet(maxAttendees = 10) {
  const id = `line-${++number}`;
  const meeting = await cloud.chime.createMeeting({
    externalMeetingId: id,
    clientRequestToken: id,
    maxAttendees,
  });
  const { SignalingUrl } = meeting.MediaPlacement as { SignalingUrl: string };
  return { meetingId: meeting.MeetingId, SignalingUrl };
}

/** Somebody at a browser, speaking Opus. */
async function person(meeting: Awaited<ReturnType<typeof meet>>, name = "person") {
  const { AttendeeId, JoinToken } = await cloud.chime.createAttendee(meeting.meetingId, name);
  const party = await mediaParty(meeting.SignalingUrl, JoinToken);
  const encoder = new Encoder({ channels: 1, sample_rate: 48000, application: "voip" });
  const decoder = new Decoder({ channels: 1, sample_rate: 48000 });
  let read = 0;
  let newest: number[] = [];
  return {
    party,
    attendeeId: AttendeeId,
    write: (frame: Int16Array) => party.say(Buffer.from(encoder.encode(frame)).toString("latin1"), 20),
    /** How much of the newest 200 ms that came is this tone. */
    share(hz: number) {
      for (; read < party.heard.length; read++) {
        const bytes = decoder.decode(Buffer.from(party.heard[read]!, "latin1"));
        newest.push(...new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 1));
      }
      newest = newest.slice(-9600);
      return shareOf(hz, Int16Array.from(newest));
    },
    leave: () => party.leave(),
  };
}
const hears = (listener: { share(hz: number): number }, hz: number) =>
  expect.poll(() => listener.share(hz), { interval: 20, timeout: 5_000 }).toBeGreaterThan(clear);
const earOf = (line: AudioLine) => ear((hear) => line.onSound(hear));

test("a line and a person hear each other, and each is told of the other", async () => {
  const meeting = await meet();
  const patient = await person(meeting);
  const line = await cloud.chime.openLine(meeting.meetingId, { externalUserId: "the-telephone" });
  const stop = [play(440, line.write), play(1000, patient.write)];
  await hears(patient, 440);
  const heard = earOf(line);
  await hears(heard, 1000);
  expect(heard.share(440)).toBeLessThan(faint);
  const presence = () =>
    patient.party.frames.flatMap(({ audioStreamIdInfo }) => audioStreamIdInfo?.streams ?? []);
  expect(presence()).toContainEqual(
    expect.objectContaining({ attendeeId: line.attendeeId, externalUserId: "the-telephone" }),
  );
  await patient.party.until(() =>
    patient.party.frames.some(
      ({ audioMetadata }) =>
        (audioMetadata?.attendeeStates ?? []).filter(({ volume }) => volume != null && volume < 30).length ===
        2,
    ),
  );
  line.close();
  await patient.party.until(() =>
    presence().some(({ attendeeId, dropped }) => !attendeeId && dropped === false),
  );
  for (const end of stop) end();
  patient.leave();
  expect(cloud.faults).toEqual([]);
});

test("of several voices a line hears all but its own; hold is a capability, and counts at once", async () => {
  const meeting = await meet();
  const [a, b] = [await person(meeting, "anna"), await person(meeting, "bert")];
  const line = await cloud.chime.openLine(meeting.meetingId, { externalUserId: "line" });
  const stop = [play(500, a.write), play(900, b.write), play(1600, line.write)];
  const heard = earOf(line);
  const both = () => heard.share(500) > 0.3 && heard.share(900) > 0.3 && heard.share(1600) < faint;
  await expect.poll(both, { interval: 20, timeout: 5_000 }).toBe(true);
  const hold = (Audio: string) =>
    fetch(`${cloud.url}/meetings/${meeting.meetingId}/attendees/${line.attendeeId}/capabilities`, {
      method: "PUT",
      body: JSON.stringify({ Capabilities: { Audio, Video: "None", Content: "None" } }),
    });
  await hold("None");
  await expect.poll(() => heard.share(500) + heard.share(900), { interval: 20 }).toBeLessThan(faint);
  await hears(a, 900); // alone, without the line
  await hold("SendReceive");
  await expect.poll(both, { interval: 20, timeout: 5_000 }).toBe(true);
  for (const end of stop) end();
  for (const leaver of [a, b]) leaver.leave();
  line.close();
});

test("two lines and no browser: each hears the other, and silence when it stops", async () => {
  const meeting = await meet();
  const [one, two] = await Promise.all(
    ["one", "two"].map((externalUserId) => cloud.chime.openLine(meeting.meetingId, { externalUserId })),
  );
  const stop = play(700, one!.write);
  const heard = earOf(two!);
  await hears(heard, 700);
  stop();
  await expect.poll(() => heard.share(700), { interval: 20 }).toBe(0);
  one!.close();
  two!.close();
});

test("whoever writes faster than the clock fills nobody's memory", async () => {
  const meeting = await meet();
  const line = await cloud.chime.openLine(meeting.meetingId, { externalUserId: "flood" });
  const patient = await person(meeting);
  const before = patient.party.heard.length;
  const next = toneOf(300);
  for (let i = 0; i < 2_000; i++) line.write(next());
  const stop = play(300, line.write);
  await hears(patient, 300);
  stop();
  expect(patient.party.heard.length - before).toBeLessThan(500);
  expect(() => line.write(new Int16Array(480))).toThrow(RangeError);
  patient.leave();
  line.close();
});

test.each(["the meeting ends", "the attendee is removed", "the attendee joins elsewhere"])(
  "a line is told once that it is over: %s",
  async (how) => {
    const meeting = await meet();
    const { AttendeeId, JoinToken } = await cloud.chime.createAttendee(meeting.meetingId, "seat");
    const line = await cloud.chime.openLine(meeting.meetingId, { joinToken: JoinToken });
    expect(line.attendeeId).toBe(AttendeeId);
    let told = 0;
    line.onEnd(() => {
      told += 1;
    });
    if (how === "the meeting ends") cloud.chime.endMeeting(meeting.meetingId);
    else if (how === "the attendee is removed")
      await fetch(`${cloud.url}/meetings/${meeting.meetingId}/attendees/${AttendeeId}`, { method: "DELETE" });
    else (await cloud.chime.openLine(meeting.meetingId, { joinToken: JoinToken })).close();
    cloud.chime.endMeeting(meeting.meetingId);
    line.write(new Int16Array(960));
    line.close();
    expect(told).toBe(1);
  },
);

test("no line without a right to it: another meeting's token, a full meeting, one that is over", async () => {
  const [meeting, other] = [await meet(1), await meet()];
  const { JoinToken } = await cloud.chime.createAttendee(other.meetingId, "stranger");
  const join = (who: Parameters<Cloud["chime"]["openLine"]>[1]) =>
    cloud.chime.openLine(meeting.meetingId, who);
  const forbidden = { name: "ForbiddenException" };
  await expect(join({ joinToken: JoinToken })).rejects.toMatchObject(forbidden);
  await expect(join({ joinToken: "forged.token" })).rejects.toMatchObject(forbidden);
  const { JoinToken: seat } = await cloud.chime.createAttendee(meeting.meetingId, "first");
  const line = await join({ joinToken: seat });
  await expect(join({ externalUserId: "second" })).rejects.toMatchObject(forbidden);
  line.close();
  cloud.chime.endMeeting(meeting.meetingId);
  await expect(join({ joinToken: seat })).rejects.toMatchObject(forbidden);
  await expect(join({ externalUserId: "late" })).rejects.toMatchObject({ name: "NotFoundException" });
});
