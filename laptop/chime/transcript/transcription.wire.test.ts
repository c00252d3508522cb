import {
  StartMeetingTranscriptionCommand,
  StopMeetingTranscriptionCommand,
} from "@aws-sdk/client-chime-sdk-meetings";
import { TranscriptEventConverter } from "amazon-chime-sdk-js/build/transcript/TranscriptEvent.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Capabilities } from "../control/capabilities";
import { mediaParty } from "../testing/media-party";
import { type Cloud, startCloud } from "../testing/start-cloud";

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.stop());

const waiting: Capabilities = { Audio: "None", Video: "None", Content: "None" };
let meetings = 0;
type Party = Awaited<ReturnType<typeof mediaParty>>;

async function meet() {
  const id = `captions-${++meetings}`;
  const meeting = await cloud.chime.createMeeting({ externalMeetingId: id, clientRequestToken: id });
  const { SignalingUrl } = meeting.MediaPlacement as { SignalingUrl: string };
  const sit = async (name: string, capabilities?: Capabilities) => {
    const seat = await cloud.chime.createAttendee(meeting.MeetingId, name, capabilities);
    return { id: seat.AttendeeId, party: await mediaParty(SignalingUrl, seat.JoinToken) };
  };
  const [patient, doctor, guest] = [await sit("patient"), await sit("doctor"), await sit("guest", waiting)];
  return { meetingId: meeting.MeetingId, patient, doctor, guest };
}

type Told = Parameters<typeof TranscriptEventConverter.from>[0];
/** What the vendor's own reader makes of the frames. */
const read = ({ frames }: Party) =>
  frames
    .flatMap((frame) => frame.dataMessage?.messages ?? [])
    .filter(({ topic }) => topic === "aws:chime:transcription")
    .flatMap(({ data }) => TranscriptEventConverter.from({ data } as Told));
const results = (party: Party) => read(party).flatMap((event) => ("results" in event ? event.results : []));
const statuses = (party: Party) => read(party).flatMap((event) => ("type" in event ? [event.type] : []));

const start = (MeetingId: string, LanguageCode: "en-US" | undefined = "en-US") =>
  cloud.sdk.send(
    new StartMeetingTranscriptionCommand({
      MeetingId,
      TranscriptionConfiguration: { EngineTranscribeSettings: { LanguageCode } },
    }),
  );

/** Speaks for a while, as a microphone does, and is then quiet. */
const speak = (party: Party) =>
  new Promise<void>((said) => {
    let packets = 0;
    const timer = setInterval(() => {
      packets += 1;
      party.say("hum", packets <= 50 ? 20 : 100);
      if (packets < 120) return;
      clearInterval(timer);
      said();
    }, 20);
  });

test("that somebody speaks is told as a result of theirs, to whoever may hear them, and no words are made up", async () => {
  const { meetingId, patient, doctor, guest } = await meet();
  await start(meetingId);
  await speak(patient.party);
  await expect.poll(() => results(doctor.party).some(({ isPartial }) => !isPartial)).toBe(true);
  const final = results(doctor.party).find(({ isPartial }) => !isPartial);
  expect(final?.alternatives[0]?.transcript).toBe("[speaking]");
  expect(final?.alternatives[0]?.items[0]?.attendee.attendeeId).toBe(patient.id);
  expect(results(doctor.party)[0]?.isPartial).toBe(true);
  expect(results(patient.party).length).toBeGreaterThan(0); // one reads oneself, too
  expect(read(guest.party)).toEqual([]); // who waits reads nothing
  for (const { party } of [patient, doctor, guest]) party.leave();
});

test("everybody inside is told when it begins and when it ends; afterwards nothing is written down", async () => {
  const { meetingId, patient, doctor, guest } = await meet();
  await start(meetingId);
  await expect.poll(() => statuses(doctor.party)).toEqual(["started"]);
  await cloud.sdk.send(new StopMeetingTranscriptionCommand({ MeetingId: meetingId }));
  await expect.poll(() => statuses(patient.party)).toEqual(["started", "stopped"]);
  await speak(patient.party);
  expect(results(doctor.party)).toEqual([]);
  expect(read(guest.party)).toEqual([]);
  for (const { party } of [patient, doctor, guest]) party.leave();
});

test("what the API cannot do it refuses in the vendor's words", async () => {
  const { meetingId, patient, doctor, guest } = await meet();
  await expect(start("8b1ac5f3-0000-4000-8000-000000000000")).rejects.toMatchObject({
    name: "NotFoundException",
  });
  const configurations = [
    {},
    { EngineTranscribeSettings: {} },
    { EngineTranscribeSettings: { LanguageCode: "en-US" as const, VocabularyName: "ours" } },
  ];
  for (const TranscriptionConfiguration of configurations)
    await expect(
      cloud.sdk.send(
        new StartMeetingTranscriptionCommand({ MeetingId: meetingId, TranscriptionConfiguration }),
      ),
    ).rejects.toMatchObject({ name: "BadRequestException" });
  for (const { party } of [patient, doctor, guest]) party.leave();
});
