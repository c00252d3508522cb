import { expect, test } from "vitest";
import { type MediaStat, mediaReader, readPath } from "./read-media";

/** As Chromium tells it: the pair in use by the transport's word, another that also worked beside it. */
function report(more: readonly MediaStat[] = [], end: MediaStat = { protocol: "udp" }): MediaStat[] {
  return [
    { type: "transport", selectedCandidatePairId: "P1" },
    {
      type: "candidate-pair",
      id: "P1",
      localCandidateId: "L1",
      state: "in-progress",
      currentRoundTripTime: 0.05,
    },
    { type: "candidate-pair", id: "P2", localCandidateId: "L2", state: "succeeded", nominated: true },
    { type: "local-candidate", id: "L1", ...end },
    { type: "local-candidate", id: "L2", protocol: "tcp" },
    ...more,
  ];
}
const sound = (given: {
  received?: number;
  lost?: number;
  nacks?: number;
  sent?: number;
  again?: number;
}): MediaStat[] => [
  {
    type: "inbound-rtp",
    packetsReceived: given.received ?? 300,
    packetsLost: given.lost ?? 0,
    nackCount: given.nacks ?? 0,
    jitter: 0.004,
  },
  { type: "outbound-rtp", packetsSent: given.sent ?? 300, retransmittedPacketsSent: given.again ?? 0 },
];
const heard = (lost = 0): MediaStat => ({
  type: "remote-inbound-rtp",
  packetsLost: lost,
  jitter: 0.012,
  roundTripTime: 0.08,
});
function figuresOf(...reports: MediaStat[][]) {
  const reader = mediaReader();
  for (const one of reports) reader.add(one);
  return reader.figures();
}

test("media by UDP is told from media that a relay takes by TCP or TLS, whatever the relay does behind itself", () => {
  expect(readPath(report())).toBe("udp");
  for (const relayProtocol of ["tcp", "tls"])
    expect(readPath(report([], { protocol: "udp", relayProtocol }))).toBe("tcp");
  expect(readPath(report([], { protocol: "udp", relayProtocol: "udp" }))).toBe("udp");
  expect(readPath(report([], { protocol: "udp", url: "turn:relay.example:443?transport=tcp" }))).toBe("tcp");
});

test("a browser without transports tells the pair in use by itself, and where none is there is no way yet", () => {
  const pair = { type: "candidate-pair", localCandidateId: "L1", selected: true };
  expect(readPath([pair, { type: "local-candidate", id: "L1", relayProtocol: "tls" }])).toBe("tcp");
  expect(readPath([{ type: "transport" }, { type: "candidate-pair", state: "waiting" }])).toBeNull();
  const reader = mediaReader();
  expect(reader.add([])).toBe(false);
  expect(reader.figures().path).toBe("untried");
});

test("loss is what did not come at the first try, repaired or not, each way", () => {
  expect(figuresOf(report([...sound({}), heard()]))).toEqual({
    path: "udp",
    lostDownPercent: 0,
    lostUpPercent: 0,
    mediaRoundTripMs: 80,
    jitterMs: 12,
  });
  expect(figuresOf(report([...sound({ received: 270, lost: 30 }), heard(15)]))).toMatchObject({
    lostDownPercent: 10,
    lostUpPercent: 5,
  });
  // Recorded in Chromium 156 with 5 of 100 lost each way: all of it was repaired, and none of it is in `packetsLost`.
  expect(
    figuresOf(report([...sound({ received: 252, nacks: 22, sent: 306, again: 17 }), heard(2)])),
  ).toMatchObject({
    lostDownPercent: 8.7,
    lostUpPercent: 5.9,
  });
});

test("of a second or two no share is told, and a lone browser that is sent nothing is not told that it loses all", () => {
  expect(figuresOf(report([...sound({ received: 40, lost: 10, sent: 60 }), heard()]))).toMatchObject({
    lostDownPercent: null,
    lostUpPercent: null,
  });
});

test("who sends for seconds and is never told that any of it came loses all of it", () => {
  expect(figuresOf(report(sound({ received: 0, sent: 264 })))).toMatchObject({
    lostDownPercent: null,
    lostUpPercent: 100,
  });
});

test("one long round trip among many is not called the way's length", () => {
  const slow: MediaStat = { ...heard(), roundTripTime: 0.9 };
  expect(figuresOf(report([heard()]), report([slow]), report([heard()])).mediaRoundTripMs).toBe(80);
  expect(figuresOf(report()).mediaRoundTripMs).toBe(50);
});
