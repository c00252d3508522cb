import { afterAll, beforeAll, expect, test } from "vitest";
import { mediaParty } from "./testing/media-party";
import { type Cloud, startCloud } from "./testing/start-cloud";

const meetings = 20;
const words = 100;
const wordEveryMs = 20;

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.stop());

async function meet(number: number) {
  const id = `many-${number}`;
  const meeting = await cloud.chime.createMeeting({ externalMeetingId: id, clientRequestToken: id });
  const { SignalingUrl } = meeting.MediaPlacement as { SignalingUrl: string };
  const seats = await Promise.all(
    ["patient", "doctor"].map((who) => cloud.chime.createAttendee(meeting.MeetingId, who)),
  );
  const [patient, doctor] = await Promise.all(
    seats.map(({ JoinToken }) => mediaParty(SignalingUrl, JoinToken)),
  );
  return { id, patient: patient!, doctor: doctor! };
}

/** Says word after word as a microphone does, until the last is said. */
const speak = (all: Awaited<ReturnType<typeof meet>>[], kind = "word") =>
  new Promise<void>((said) => {
    let word = 0;
    const timer = setInterval(() => {
      word += 1;
      for (const { id, patient, doctor } of all) {
        patient.say(`${id} patient ${kind} ${word}`);
        doctor.say(`${id} doctor ${kind} ${word}`);
      }
      if (word < words) return;
      clearInterval(timer);
      said();
    }, wordEveryMs);
  });

test("twenty visits at once: everybody hears their own partner, nearly every word, and nobody else", {
  timeout: 60_000,
}, async () => {
  const all: Awaited<ReturnType<typeof meet>>[] = [];
  for (let number = 0; number < meetings; number++) all.push(await meet(number));
  await speak(all);
  for (const { id, patient, doctor } of all)
    for (const [listener, partner] of [
      [patient, "doctor"],
      [doctor, "patient"],
    ] as const) {
      const last = `${id} ${partner} word ${words}`;
      await expect.poll(() => listener.heard.includes(last), { timeout: 10_000 }).toBe(true);
      const spoken = listener.heard.filter((word) => word.startsWith("many-"));
      expect(spoken.every((word) => word.startsWith(`${id} ${partner} `))).toBe(true);
      expect(new Set(spoken).size).toBeGreaterThanOrEqual(words * 0.95);
    }
  expect(cloud.faults).toEqual([]);
  for (const { patient, doctor } of all) {
    patient.leave();
    doctor.leave();
  }
});

test("one packet in ten lost each way, at both ends: nearly every word still arrives", async () => {
  const visit = await meet(1000);
  const { id, patient, doctor } = visit;
  await speak([visit], "before"); // both are audible and known before the trouble begins
  cloud.chime.faults.set({ lossRate: 0.1 });
  await speak([visit], "lossy");
  cloud.chime.faults.clear();
  await speak([visit], "after");
  for (const [listener, partner] of [
    [patient, "doctor"],
    [doctor, "patient"],
  ] as const) {
    await expect.poll(() => listener.heard.includes(`${id} ${partner} after ${words}`)).toBe(true);
    const arrived = new Set(listener.heard.filter((word) => word.startsWith(`${id} ${partner} lossy `)));
    expect(arrived.size).toBeGreaterThanOrEqual(words * 0.97); // 81 of 100 if nobody asked again
  }
  patient.leave();
  doctor.leave();
});

test("a long way: every word arrives late by both ways, once and in its place", async () => {
  const visit = await meet(1001);
  const { id, patient, doctor } = visit;
  await speak([visit], "before");
  cloud.chime.faults.set({ delayMs: 150 });
  const startedAtMs = performance.now();
  const speaking = speak([visit], "far");
  await expect.poll(() => doctor.heard.includes(`${id} patient far 1`), { interval: 5 }).toBe(true);
  expect(performance.now() - startedAtMs).toBeGreaterThanOrEqual(300);
  await speaking;
  await expect.poll(() => doctor.heard.includes(`${id} patient far ${words}`)).toBe(true);
  cloud.chime.faults.clear();
  expect(doctor.heard.filter((word) => word.includes(" far "))).toEqual(
    Array.from({ length: words }, (_, i) => `${id} patient far ${i + 1}`),
  );
  patient.leave();
  doctor.leave();
});

test("a phone that falls asleep with its socket open is told of as cut off, and finds the socket closed when it wakes", {
  timeout: 30_000,
}, async () => {
  const { patient, doctor } = await meet(1002);
  const told = (kind: (stream: { dropped?: boolean | null; attendeeId?: string | null }) => boolean) =>
    doctor.until(() => doctor.frames.some(({ audioStreamIdInfo }) => audioStreamIdInfo?.streams?.some(kind)));
  await told(({ attendeeId }) => attendeeId != null);
  patient.sleep();
  await told(({ dropped }) => dropped === true);
  await patient.closed();
  doctor.leave();
  patient.leave();
});
