import { expect, test } from "vitest";
import { type RtpPacket, silenceLevel } from "../rtp/packet";
import { Camera } from "./camera";

function open(layers: string[]) {
  let nowMs = 1_000;
  const asked: number[] = [];
  let switched = 0;
  const camera = new Camera(
    2,
    2,
    1200,
    15,
    (ssrc) => asked.push(ssrc),
    () => {
      switched += 1;
    },
    () => nowMs,
  );
  Object.assign(camera, { layers, layerId: layers.length > 0 ? 10 : 0 });
  let index = 0;
  const packet = (ssrc: number, layer = "", payload = "picture"): RtpPacket => ({
    index: index++,
    ssrc,
    payloadType: 96,
    marker: true,
    padding: payload === "",
    timestamp: 0,
    level: silenceLevel,
    layer,
    payload: payload === "" ? Buffer.from([3, 3, 3]) : Buffer.from(payload),
  });
  return {
    camera,
    asked,
    packet,
    switched: () => switched,
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

test("one picture is one stream, and what came is there for whoever lost it", () => {
  const { camera, packet, switched } = open([]);
  const first = packet(7);
  expect(camera.takes(first)).toBe(true);
  expect(camera.cached(first.index)).toBe(first);
  expect(camera.takes(packet(8))).toBe(true); // the browser started its stream anew
  expect(camera.cached(first.index)).toBeUndefined();
  expect(switched()).toBe(0);
});

test("of several sizes the best is shown, and the others are not mixed in", () => {
  const { camera, packet, asked, switched } = open(["low", "mid", "hi"]);
  expect(camera.takes(packet(1, "low"))).toBe(true);
  expect(camera.takes(packet(3, "hi"))).toBe(true);
  expect([switched(), asked]).toEqual([1, [3]]); // viewers wait for the key frame that was asked for
  expect(camera.takes(packet(1))).toBe(false); // its name is known by now
  expect(camera.takes(packet(3))).toBe(true);
});

test("when the best size stops coming, the next best is shown", () => {
  const { camera, packet, pass, asked } = open(["low", "mid", "hi"]);
  camera.takes(packet(1, "low"));
  camera.takes(packet(3, "hi"));
  pass(1_500);
  expect(camera.takes(packet(1))).toBe(true);
  expect(asked).toEqual([3, 1]);
});

test("padding is no picture, and a stream of no known size is none", () => {
  const { camera, packet } = open(["low", "hi"]);
  expect(camera.takes(packet(1, "low"))).toBe(true);
  expect(camera.takes(packet(3, "hi", ""))).toBe(false);
  expect(camera.takes(packet(9, "huge"))).toBe(false);
  expect(camera.takes(packet(1))).toBe(true);
});
