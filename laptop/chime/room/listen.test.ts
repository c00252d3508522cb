import { expect, test } from "vitest";
import { everything } from "../control/capabilities";
import type { MeetingRecord } from "../control/registry";
import { type RtpPacket, silenceLevel } from "../rtp/packet";
import type { Camera } from "./camera";
import type { Peer, RoomContext } from "./peer";
import { Room } from "./room";

const none = { Audio: "None", Video: "None", Content: "None" } as const;
const packet: RtpPacket = {
  index: 1,
  ssrc: 1,
  payloadType: 96,
  marker: true,
  padding: false,
  timestamp: 0,
  level: silenceLevel,
  layer: "",
  payload: Buffer.from([0x10, 0x50]),
};
const camera = { streamId: 2 } as Camera;
const person = (id: string, capabilities: object = everything, content = false) =>
  ({ id, baseId: id, content, capabilities: () => capabilities }) as Peer;

test("who listens to a meeting from outside gets the voice and the picture of who may speak and show, no shared screen, and nothing once it is over", () => {
  const context = { now: () => 0, clock: () => 0 } as RoomContext;
  const room = new Room(context, { meetingId: "m", createdAtMs: 0, features: {} } as MeetingRecord);
  const got: string[] = [];
  const away = room.listen({
    hear: (id) => got.push(`hears ${id}`),
    see: (id) => got.push(`sees ${id}`),
    ended: () => got.push("ended"),
  });
  for (const one of [person("anna"), person("waiting", none), person("anna#content", everything, true)]) {
    room.onVideo(one, camera, packet);
    if (!one.content) room.onAudio(one, packet);
  }
  expect(got).toEqual(["sees anna", "hears anna"]);
  away();
  room.onVideo(person("anna"), camera, packet);
  room.end();
  expect(got).toHaveLength(2);
});
