import { randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Decoder } from "@evan/opus";
import { afterAll, beforeAll, expect, test } from "vitest";
import { play, shareOf } from "../chime/testing/tone";
import { type Cloud, openCloud } from "../cloud";
import { readSettings } from "../settings";
import { readMp4 } from "./mp4";

let cloud: Cloud;
const folder = mkdtempSync(path.join(tmpdir(), "laptop-capture-"));
const open = () =>
  openCloud(
    readSettings({ LAPTOP_DATA: folder }),
    () => "http://127.0.0.1:1",
    () => {},
  );
beforeAll(async () => {
  cloud = await open();
});
afterAll(async () => {
  await cloud.close();
  rmSync(folder, { recursive: true });
});

const call = (operation: string, requestPath: string, body: object = {}) => {
  const answer = cloud.pipelines.handle(operation, {
    method: "POST",
    path: requestPath,
    query: new URLSearchParams(),
    headers: {},
    body: Buffer.from(JSON.stringify(body)),
  });
  return JSON.parse(String(answer.body ?? "{}"));
};
async function meet() {
  const id = `room-${randomUUID()}`;
  const { MeetingId } = await cloud.chime.createMeeting({
    externalMeetingId: id,
    clientRequestToken: id,
    maxAttendees: 2,
  });
  const speak = async (hz: number) => {
    const line = await cloud.chime.openLine(MeetingId, { externalUserId: `speaker-${hz}` });
    const stop = play(hz, line.write);
    return { line, stop };
  };
  const capture = () => {
    const { MediaCapturePipeline } = call("CreateMediaCapturePipeline", "/sdk-media-capture-pipelines", {
      SourceArn: `arn:aws:chime:us-east-1:000000000000:meeting/${MeetingId}`,
      SinkArn: `arn:aws:s3:::vouchsafe-recordings/${id}/pieces`,
    });
    return MediaCapturePipeline as { MediaPipelineId: string; MediaPipelineArn: string };
  };
  const whole = ({ MediaPipelineArn }: { MediaPipelineArn: string }) => {
    call("CreateMediaConcatenationPipeline", "/sdk-media-concatenation-pipelines", {
      Sources: [{ MediaCapturePipelineSourceConfiguration: { MediaPipelineArn } }],
      Sinks: [
        { S3BucketSinkConfiguration: { Destination: `arn:aws:s3:::vouchsafe-recordings/${id}/whole` } },
      ],
    });
    const [file] = cloud.s3.store.list(`${id}/whole/`, false);
    return cloud.s3.store.read(file!);
  };
  return { id, MeetingId, speak, capture, whole };
}
function heard(file: Buffer): Int16Array {
  const decoder = new Decoder({ channels: 1, sample_rate: 48000 });
  const samples = readMp4(file).flatMap((packet) => {
    const bytes = decoder.decode(packet);
    return [...new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 1)];
  });
  return Int16Array.from(samples);
}
const after = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms)); // what is recorded is time itself

test("both who speak are in one file, as long as they were recorded; it takes no place in the meeting, and no sound of it is on the disk in the clear", async () => {
  const meeting = await meet();
  const speakers = [await meeting.speak(440), await meeting.speak(1000)];
  const pipeline = meeting.capture();
  const began = performance.now();
  await after(6_000);
  call("DeleteMediaCapturePipeline", `/sdk-media-capture-pipelines/${pipeline.MediaPipelineId}`);
  const lastedMs = performance.now() - began;
  for (const { line, stop } of speakers) {
    stop();
    line.close();
  }
  expect(cloud.s3.store.list(`${meeting.id}/pieces/`, false)).toHaveLength(2);
  const file = meeting.whole(pipeline);
  const sound = heard(file);
  expect(Math.abs(sound.length / 48 - lastedMs)).toBeLessThan(200);
  const late = sound.subarray(48_000, 5 * 48_000);
  expect(shareOf(440, late)).toBeGreaterThan(0.35);
  expect(shareOf(1000, late)).toBeGreaterThan(0.35);
  for (const name of readdirSync(path.join(folder, "s3")))
    expect(readFileSync(path.join(folder, "s3", name)).includes("ftyp")).toBe(false);
});

test("who asks for every camera, or for what is shared, is told that there is only the picture of who speaks", async () => {
  const { MeetingId } = await meet();
  for (const ArtifactsConfiguration of [
    { Audio: { MuxType: "AudioWithActiveSpeakerVideo" }, Content: { State: "Enabled" } },
    { Audio: { MuxType: "AudioWithCompositedVideo" } },
    { Audio: { MuxType: "AudioOnly" }, Video: { State: "Enabled", MuxType: "VideoOnly" } },
  ])
    expect(() =>
      call("CreateMediaCapturePipeline", "/sdk-media-capture-pipelines", {
        SourceArn: `arn:aws:chime:us-east-1:000000000000:meeting/${MeetingId}`,
        SinkArn: "arn:aws:s3:::vouchsafe-recordings/x",
        ChimeSdkMeetingConfiguration: { ArtifactsConfiguration },
      }),
    ).toThrow("whoever speaks");
});

test("who may not speak is not recorded", async () => {
  const meeting = await meet();
  const { line, stop } = await meeting.speak(700);
  cloud.chime.setCapabilities(meeting.MeetingId, line.attendeeId, {
    Audio: "None",
    Video: "None",
    Content: "None",
  });
  const pipeline = meeting.capture();
  await after(500);
  stop();
  cloud.chime.endMeeting(meeting.MeetingId);
  expect(shareOf(700, heard(meeting.whole(pipeline)))).toBeLessThan(0.1);
});

test("a laptop that stops in the middle keeps what was said until then", async () => {
  const meeting = await meet();
  const { line, stop } = await meeting.speak(600);
  const pipeline = meeting.capture();
  await after(600);
  stop();
  line.close();
  await cloud.close();
  cloud = await open();
  const told = call("GetMediaCapturePipeline", `/sdk-media-capture-pipelines/${pipeline.MediaPipelineId}`);
  expect(told.MediaCapturePipeline.Status).toBe("Stopped");
  expect(shareOf(600, heard(meeting.whole(pipeline)).subarray(9_600))).toBeGreaterThan(0.5);
});
