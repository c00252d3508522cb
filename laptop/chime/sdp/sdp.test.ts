import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readOffer } from "./read-offer";
import { type AnswerFacts, type SectionPlan, writeAnswer } from "./write-answer";

/** Offers of the SDK 3.32.0 in Chromium 156, in the order of one call; and one of Firefox 153. */
const fixture = (name: string) =>
  readFileSync(path.join(import.meta.dirname, "../fixtures", `offer-${name}.sdp`), "utf8");

const facts: AnswerFacts = {
  ufrag: "ufrag",
  pwd: "password",
  fingerprint: { algorithm: "sha-256", value: "AA:BB" },
  candidates: [{ address: "127.0.0.1", port: 5000 }],
  version: 1,
};
const mirror = (section: { kind: string; direction: SectionPlan["direction"]; mid: string }): SectionPlan =>
  section.direction === "recvonly"
    ? { direction: "sendonly", sending: { ssrc: 42, label: `v_${section.mid}` } }
    : { direction: section.direction };

const lines = (sdp: string) => sdp.split("\r\n");
const sections = (sdp: string) =>
  sdp
    .split(/\r\n(?=m=)/)
    .slice(1)
    .map(lines);

describe("what Chromium offers", () => {
  test.each([
    ["alone", ["audio sendrecv", "video inactive"]],
    ["camera-on", ["audio sendrecv", "video sendrecv"]],
    ["watching", ["audio sendrecv", "video sendrecv", "video recvonly"]],
    ["camera-off", ["audio sendrecv", "video inactive", "video recvonly"]],
  ])("%s", (name, expected) => {
    const offer = readOffer(fixture(name));
    expect(offer?.sections.map(({ kind, direction }) => `${kind} ${direction}`)).toEqual(expected);
    expect(offer?.fingerprint.algorithm).toBe("sha-256");
  });

  test("a picture nobody sends any more leaves a stopped section", () => {
    expect(readOffer(fixture("nobody-left"))?.sections.map(({ stopped }) => stopped)).toEqual([
      false,
      false,
      true,
    ]);
  });
});

describe("what Firefox offers", () => {
  test("a section that shares another's port is offered, not given up", () => {
    expect(fixture("firefox-alone")).toContain("m=video 0 ");
    const offer = readOffer(fixture("firefox-alone"));
    expect(offer?.sections.map(({ kind, direction, stopped }) => [kind, direction, stopped])).toEqual([
      ["audio", "sendrecv", false],
      ["video", "inactive", false],
    ]);
  });

  test("is answered section by section, without the redundant audio that it does not know", () => {
    const { sdp, agreed } = writeAnswer(readOffer(fixture("firefox-alone"))!, facts, mirror);
    expect(sections(sdp).map(([media]) => media)).toEqual([
      "m=audio 9 UDP/TLS/RTP/SAVPF 109",
      "m=video 9 UDP/TLS/RTP/SAVPF 120",
    ]);
    expect(agreed.map(({ midId, levelId, layerId }) => [midId, levelId, layerId])).toEqual([
      [3, 1, 0],
      [3, 0, 0],
    ]);
  });
});

describe("our answer", () => {
  test("has the offer's sections in the offer's order, with Opus and VP8 found by name", () => {
    const offer = readOffer(fixture("watching"))!;
    const { sdp, agreed } = writeAnswer(offer, facts, mirror);
    expect(sections(sdp).map(([media]) => media)).toEqual([
      "m=audio 9 UDP/TLS/RTP/SAVPF 63 111",
      "m=video 9 UDP/TLS/RTP/SAVPF 96",
      "m=video 9 UDP/TLS/RTP/SAVPF 96",
    ]);
    expect(lines(sdp)).toContain("a=group:BUNDLE 0 1 2");
    expect(lines(sdp)).toContain("a=ice-lite");
    expect(agreed.map(({ payloadType }) => payloadType)).toEqual([111, 96, 96]);
    expect(agreed[0]?.levelId).toBeGreaterThan(0);
    expect(agreed.every(({ midId }) => midId > 0)).toBe(true);
  });

  test("agrees to repeat what was said where the client prefers that, and to plain Opus elsewhere", () => {
    const { sdp, agreed } = writeAnswer(readOffer(fixture("watching"))!, facts, mirror);
    expect(agreed[0]?.redPayloadType).toBe(63);
    expect(lines(sdp)).toEqual(expect.arrayContaining(["a=rtpmap:63 red/48000/2", "a=fmtp:63 111/111"]));
    for (const plain of [
      fixture("watching").replace("SAVPF 63 111", "SAVPF 111 63"),
      fixture("watching").replace("a=fmtp:63 111/111", "a=fmtp:63 9/9"),
      fixture("watching").replace(/^a=fmtp:63.*\r?\n/m, ""),
    ]) {
      const other = writeAnswer(readOffer(plain)!, facts, mirror);
      expect(sections(other.sdp)[0]?.[0]).toBe("m=audio 9 UDP/TLS/RTP/SAVPF 111");
      expect(other.agreed[0]?.redPayloadType).toBe(-1);
    }
  });

  test("takes several sizes of one picture where they are offered, those that rest included", () => {
    const offered = fixture("camera-on").replace(
      "a=mid:1",
      "a=mid:1\r\na=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id\r\na=simulcast:send ~low;mid;~hi",
    );
    const { sdp, agreed } = writeAnswer(readOffer(offered)!, facts, mirror);
    expect(agreed[1]).toMatchObject({ layerId: 10, section: { layers: ["low", "mid", "hi"] } });
    expect(sections(sdp)[1]).toEqual(
      expect.arrayContaining([
        "a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id",
        "a=rid:mid recv",
        "a=simulcast:recv low;mid;hi",
      ]),
    );
    expect(writeAnswer(readOffer(fixture("camera-on"))!, facts, mirror).sdp).not.toContain("simulcast");
  });

  test("names a received picture as the SDK looks for it", () => {
    const { sdp } = writeAnswer(readOffer(fixture("watching"))!, facts, mirror);
    expect(sections(sdp)[2]).toEqual(
      expect.arrayContaining(["a=sendonly", "a=msid:v_2 v_2", "a=ssrc:42 cname:laptop"]),
    );
  });

  test("gives up what the offer gave up, outside the bundle", () => {
    const { sdp } = writeAnswer(readOffer(fixture("nobody-left"))!, facts, mirror);
    expect(sections(sdp)[2]?.[0]).toMatch(/^m=video 0 /);
    expect(lines(sdp)).toContain("a=group:BUNDLE 0 1");
  });

  test("keeps the same address and fingerprint in every section it uses", () => {
    const { sdp } = writeAnswer(readOffer(fixture("watching"))!, facts, mirror);
    for (const section of sections(sdp))
      expect(section).toEqual(
        expect.arrayContaining([
          "a=ice-ufrag:ufrag",
          "a=ice-pwd:password",
          "a=fingerprint:sha-256 AA:BB",
          "a=setup:active",
          "a=candidate:1 1 udp 2130706431 127.0.0.1 5000 typ host",
        ]),
      );
  });

  test("refuses a section of another kind or without a codec of ours", () => {
    const text = fixture("camera-on").replaceAll("VP8/90000", "AV9/90000");
    const { sdp } = writeAnswer(readOffer(text)!, facts, mirror);
    expect(sections(sdp)[1]?.[0]).toMatch(/^m=video 0 /);
  });
});

test("no text whatever makes it throw, or puts a line of its own into the answer", () => {
  const whole = fixture("watching");
  const line = fc.oneof(
    fc.string({ maxLength: 60 }),
    fc.constantFrom(...lines(whole)),
    fc
      .tuple(
        fc.constantFrom("m=video 9 UDP/TLS/RTP/SAVPF ", "a=mid:", "a=rtpmap:", "a=extmap:", "a=ssrc:"),
        fc.string(),
      )
      .map(([name, value]) => name + value),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), fc.nat(lines(whole).length), (extra, at) => {
      const text = [...lines(whole).slice(0, at), ...extra, ...lines(whole).slice(at)].join("\r\n");
      const offer = readOffer(text);
      if (!offer) return true;
      const { sdp } = writeAnswer(offer, facts, mirror);
      return lines(sdp).every((written) => written === "" || /^[vosmtac]=[ -~]+$/.test(written));
    }),
    { numRuns: 10_000 },
  );
});

test("an endless offer is refused, not remembered", () => {
  expect(readOffer(`${fixture("alone")}${"a=x\r\n".repeat(10_000)}`)).toBeNull();
  expect(
    readOffer(fixture("alone") + "m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:7\r\n".repeat(200)),
  ).toBeNull();
});
