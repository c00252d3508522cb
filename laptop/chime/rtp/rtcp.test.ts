import fc from "fast-check";
import { expect, test } from "vitest";
import { RtcpPacketConverter } from "werift";
import { Reception } from "./reception";
import {
  readRtcp,
  writeBitrateLimit,
  writeKeyframeRequest,
  writeNack,
  writeReceiverReport,
  writeSenderReport,
} from "./rtcp";

const report = { ssrc: 7, ntp: 0x0123456789abcdefn, timestamp: 90_000, packets: 5, octets: 6 };

test("reports and requests are read back as written", () => {
  const compound = Buffer.concat([
    writeSenderReport(report),
    writeKeyframeRequest(1, 9),
    writeNack(1, 9, [65_535, 0, 3, 99]),
  ]);
  expect(readRtcp(compound)).toEqual([
    { kind: "sender-report", ...report },
    { kind: "keyframe-request", ssrc: 9 },
    { kind: "nack", ssrc: 9, sequences: [65_535, 0, 3, 99] },
  ]);
});

test("what a client loses of ours is read from both kinds of its reports", () => {
  const block = { packetsLost: 1, highestIndex: 9, jitter: 0, lastReport: 0, sinceLastReport: 0 };
  const receiver = writeReceiverReport(1, [
    { ssrc: 8, fractionLost: 0.25, ...block },
    { ssrc: 9, fractionLost: 0, ...block },
  ]);
  const blocks = receiver.subarray(8);
  const sender = Buffer.concat([writeSenderReport(report), blocks]);
  sender[0] = sender[0]! | 2;
  sender.writeUInt16BE(sender.length / 4 - 1, 2);
  const losses = [
    { kind: "reception", ssrc: 8, fractionLost: 0.25 },
    { kind: "reception", ssrc: 9, fractionLost: 0 },
  ];
  expect(readRtcp(receiver)).toEqual(losses);
  expect(readRtcp(sender)).toEqual([{ kind: "sender-report", ...report }, ...losses]);
});

test("another implementation reads them, too", () => {
  const compound = Buffer.concat([
    writeReceiverReport(1, [
      {
        ssrc: 9,
        fractionLost: 0.5,
        packetsLost: 12,
        highestIndex: 65_540,
        jitter: 3,
        lastReport: 4,
        sinceLastReport: 5,
      },
    ]),
    writeBitrateLimit(1, 9, 2_500_000),
  ]);
  const [reports, limit] = RtcpPacketConverter.deSerialize(compound) as unknown as [
    { reports: Array<Record<string, number>> },
    { feedback: { bitrate: bigint; ssrcFeedbacks: number[] } },
  ];
  expect(reports.reports[0]).toMatchObject({
    ssrc: 9,
    fractionLost: 128,
    packetsLost: 12,
    highestSequence: 65_540,
  });
  expect(Number(limit.feedback.bitrate)).toBeGreaterThan(2_490_000);
  expect(limit.feedback.ssrcFeedbacks).toEqual([9]);
});

test("no bytes whatever make it throw, or ask for more than a few thousand packets", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.constantFrom(200, 205, 206), (bytes, type) => {
      const packet = Buffer.from(bytes);
      if (packet.length > 3)
        packet.set([0x80 | (packet[0]! & 0x1f), type, 0, Math.floor(packet.length / 4) - 1]);
      const asked = readRtcp(packet).flatMap((part) => (part.kind === "nack" ? part.sequences : []));
      return asked.length <= 32 * 272;
    }),
    { numRuns: 10_000 },
  );
});

test("lost packets are asked for until they come, less and less often, and a long outage is not", () => {
  const reception = new Reception(1, 100, 90_000);
  reception.onPacket(100, 0, 0);
  reception.onPacket(103, 0, 1);
  expect(reception.takeDue(1)).toEqual({ again: [101, 102], gaveUp: false });
  expect(reception.takeDue(2).again).toEqual([]); // just asked
  reception.onPacket(102, 0, 30);
  const asked: number[] = [];
  let gaveUpAtMs = 0;
  for (let ms = 40; ms < 2_000; ms++) {
    const { again, gaveUp } = reception.takeDue(ms);
    if (again.length > 0) asked.push(ms);
    if (gaveUp) gaveUpAtMs = ms;
  }
  expect(asked).toEqual([41, 121, 241, 401, 601]);
  expect(gaveUpAtMs).toBe(841);
  expect(reception.hasGaps).toBe(false);
  expect(reception.onPacket(5000, 0, 3000)).toBe("outage");
  expect(reception.hasGaps).toBe(false);
});

test("a report tells the share that was lost since the last one", () => {
  const reception = new Reception(1, 0, 48_000);
  for (const index of [0, 1, 3, 5, 7]) reception.onPacket(index, index * 960, index * 20);
  expect(reception.report(200)).toMatchObject({ fractionLost: 3 / 8, packetsLost: 3, highestIndex: 7 });
  for (const index of [8, 9]) reception.onPacket(index, index * 960, index * 20);
  expect(reception.report(400)).toMatchObject({ fractionLost: 0, packetsLost: 3 });
});
