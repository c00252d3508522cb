import { createHmac, randomBytes } from "node:crypto";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { Capabilities } from "../control/capabilities";
import { crc32 } from "../ice/crc32";
import { rawParty } from "../testing/raw-party";
import { type Cloud, startCloud } from "../testing/start-cloud";
import { frameType } from "./frame";

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.stop());

const waiting: Capabilities = { Audio: "None", Video: "None", Content: "None" };
let count = 0;
async function meetingWith(...people: Array<[name: string, capabilities?: Capabilities]>) {
  const id = `hostile-${++count}`;
  const meeting = await cloud.chime.createMeeting({ externalMeetingId: id, clientRequestToken: id });
  const url = (meeting.MediaPlacement as { SignalingUrl: string }).SignalingUrl;
  const seats = await Promise.all(
    people.map(([name, capabilities]) => cloud.chime.createAttendee(meeting.MeetingId, name, capabilities)),
  );
  return { id: meeting.MeetingId, url, tokens: seats.map(({ JoinToken }) => JoinToken), seats };
}

test("who waits gets no picture by asking for it, learns of none, and cannot send a message", async () => {
  const { url, tokens } = await meetingWith(["doctor"], ["patient", waiting], ["nurse"]);
  const [doctor, patient, nurse] = await Promise.all(tokens.map((token) => rawParty(url, token)));
  await Promise.all([doctor!.join(), patient!.join(), nurse!.join()]);
  await doctor!.subscribe("camera-on", { camera: true });
  const index = await nurse!.until(() => nurse!.frames.find((frame) => frame.index?.sources?.length)?.index);
  const streamId = index.sources?.[0]?.streamId ?? 0;

  const forNurse = await nurse!.subscribe("watching", { receive: [0, streamId] });
  expect(forNurse.tracks).toHaveLength(2);
  const forPatient = await patient!.subscribe("watching", { receive: [0, streamId] });
  expect(forPatient.tracks).toHaveLength(1);
  expect(forPatient.sdpAnswer?.split(/\r\n(?=m=)/)[3]).toContain("a=inactive");
  expect(patient!.frames.flatMap((frame) => frame.index?.sources ?? [])).toEqual([]);

  const messages = [{ topic: "chat", data: Buffer.from("let me in"), lifetimeMs: 60_000 }];
  patient!.send(frameType.DATA_MESSAGE, { dataMessage: { messages } });
  await patient!.settled();
  await nurse!.settled();
  expect(nurse!.frames.filter(({ type }) => type === frameType.DATA_MESSAGE)).toEqual([]);
  for (const party of [doctor, patient, nurse]) party!.socket.terminate();
});

test("frames that are none end their own connection, and nobody else's", async () => {
  const { url, tokens } = await meetingWith(["honest"], ["rude"]);
  const honest = await rawParty(url, tokens[0]!);
  await honest.join();
  const rudeness: Array<(socket: WebSocket) => void> = [
    (socket) => socket.send("a text"),
    (socket) => socket.send(Buffer.alloc(0)),
    (socket) => socket.send(randomBytes(2000)),
    (socket) => socket.send(Buffer.concat([Buffer.from([5]), randomBytes(2000)])),
    (socket) => socket.send(Buffer.alloc(300 * 1024, 5)),
    (socket) => {
      for (let i = 0; i < 2_000; i++) socket.send(Buffer.from([5, 8, 1, 16, 21]));
    },
  ];
  for (const be of rudeness) {
    const rude = await rawParty(url, tokens[1]!);
    await rude.join();
    be(rude.socket);
    await rude.closed();
  }
  const noOffer = await rawParty(url, tokens[1]!);
  await noOffer.join();
  noOffer.send(frameType.SUBSCRIBE, { sub: { duplex: 3, sdpOffer: "v=0\r\nm=evil" } });
  await noOffer.closed();
  await honest.settled();
  honest.socket.terminate();
  expect(cloud.faults).toEqual([]);
});

test("a stranger is told no, and may not stay", async () => {
  const { url, tokens } = await meetingWith(["somebody"]);
  for (const token of ["wrong", `${tokens[0]}x`, "#content", ""]) {
    const stranger = await rawParty(url, token || "x");
    expect((await stranger.join()).error?.status).toBe(403);
    stranger.socket.terminate();
  }
  const elsewhere = await meetingWith(["other"]);
  const lost = await rawParty(url, elsewhere.tokens[0]!);
  expect((await lost.join()).error?.status).toBe(403);
  lost.socket.terminate();
  const nowhere = new WebSocket(`${cloud.url.replace("http", "ws")}/control/../etc`, [
    "_aws_wt_session",
    "x",
  ]);
  const [error] = (await once(nowhere, "error")) as [Error];
  expect(error.message).toContain("404");
});

/** A connectivity check as Chromium makes it. */
function check(username: string, password: string): Buffer {
  const name = Buffer.from(username.padEnd(Math.ceil(username.length / 4) * 4, "\0"));
  const head = Buffer.from("000100002112a442000102030405060708090a0b", "hex");
  const attribute = Buffer.alloc(4);
  attribute.writeUInt16BE(6, 0);
  attribute.writeUInt16BE(username.length, 2);
  const covered = Buffer.concat([head, attribute, name]);
  covered.writeUInt16BE(covered.length - 20 + 24, 2);
  const mac = createHmac("sha1", password).update(covered).digest();
  const whole = Buffer.concat([covered, Buffer.from("00080014", "hex"), mac]);
  whole.writeUInt16BE(whole.length - 20 + 8, 2);
  const fingerprint = Buffer.from("8028000400000000", "hex");
  fingerprint.writeUInt32BE((crc32(whole) ^ 0x5354554e) >>> 0, 4);
  return Buffer.concat([whole, fingerprint]);
}

test("a flood of rubbish on the media port stops nobody's check from being answered", async () => {
  const { url, tokens } = await meetingWith(["somebody"]);
  const party = await rawParty(url, tokens[0]!);
  await party.join();
  const { sdpAnswer } = await party.subscribe("alone");
  const ufrag = /a=ice-ufrag:(\S+)/.exec(sdpAnswer ?? "")?.[1] ?? "";
  const pwd = /a=ice-pwd:(\S+)/.exec(sdpAnswer ?? "")?.[1] ?? "";
  const socket = createSocket("udp4");
  const answers: Buffer[] = [];
  socket.on("message", (bytes) => answers.push(bytes));
  const send = (bytes: Buffer) =>
    new Promise<void>((sent) => socket.send(bytes, cloud.chime.udpPort, "127.0.0.1", () => sent()));
  const isSuccess = (bytes: Buffer) => bytes.readUInt16BE(0) === 0x0101;
  async function answered(): Promise<void> {
    const before = answers.filter(isSuccess).length;
    while (answers.filter(isSuccess).length === before) {
      await send(check(`${ufrag}:abcd`, pwd)); // UDP: under a flood one may be lost
      await new Promise(setImmediate);
    }
  }
  /** Something that begins like STUN, DTLS, RTP or RTCP, before the port knows us and after. */
  async function flood(packets: number): Promise<void> {
    for (let i = 0; i < packets; i++) {
      const bytes = randomBytes(1 + (i % 1200));
      bytes[0] = [0, 1, 22, 20, 23, 0x80, 0x90, 0xb0][i % 8]!;
      if (i % 3 === 0 && bytes.length > 1) bytes[1] = 200 + (i % 8);
      await send(bytes);
    }
  }
  await flood(5_000);
  await send(check(`${ufrag}:abcd`, "not the password"));
  expect(answers.filter(isSuccess)).toEqual([]);
  await answered();
  await flood(5_000);
  await answered();
  await party.settled();
  party.socket.terminate();
  socket.close();
  expect(cloud.faults.filter((line) => (line as { level: string }).level === "error")).toEqual([]);
});
