import { expect, test } from "vitest";
import {
  type Capabilities,
  everything,
  type Grant,
  grants,
  isWaiting,
  receives,
  sends,
} from "../control/capabilities";
import { KeptMessages, readDataMessage } from "./data-messages";
import { mayHear, mayMessage, maySee, type Party } from "./entitlements";

const party = (baseId: string, capabilities: Partial<Capabilities> = {}, content = false): Party => ({
  baseId,
  content,
  capabilities: () => ({ ...everything, ...capabilities }),
});
const none: Capabilities = { Audio: "None", Video: "None", Content: "None" };

test("one is heard and seen exactly by those who may receive what one may send", () => {
  for (const mine of grants)
    for (const theirs of grants) {
      const listener = party("a", { Audio: mine, Video: mine });
      const speaker = party("b", { Audio: theirs, Video: theirs });
      const allowed = receives(mine) && sends(theirs);
      expect(mayHear(listener, speaker)).toBe(allowed);
      expect(maySee(listener, speaker)).toBe(allowed);
    }
});

test("a shared screen follows the rights for content, the camera those for video", () => {
  const screen = (grant: Grant) => party("b", { Content: grant }, true);
  expect(maySee(party("a", { Video: "None" }), screen("Send"))).toBe(true);
  expect(maySee(party("a", { Content: "None" }), screen("Send"))).toBe(false);
  expect(maySee(party("a"), screen("Receive"))).toBe(false);
  expect(maySee(party("a"), party("b", { Video: "None" }, true))).toBe(true);
});

test("nobody meets themselves, on whichever connection", () => {
  expect(mayHear(party("a"), party("a", {}, true))).toBe(false);
  expect(maySee(party("a"), party("a", {}, true))).toBe(false);
  expect(maySee(party("a", {}, true), party("b"))).toBe(false); // a screen watches nobody
});

test("who waits neither writes nor reads", () => {
  expect(isWaiting(none)).toBe(true);
  expect(mayMessage(party("a", none))).toBe(false);
  expect(mayMessage(party("a", { ...none, Audio: "Receive" }))).toBe(true);
});

const sender = { attendeeId: "s", externalUserId: "sender" };
const message = (topic: string, lifetimeMs = 0, size = 1) =>
  readDataMessage({ topic, data: new Uint8Array(size), lifetimeMs }, sender, 1000);

test("a message keeps to the vendor's limits", () => {
  expect(message("chat", 300_000, 2048)).toMatchObject({ senderExternalUserId: "sender", ingestTimeNs: 1e9 });
  expect(message("a b")).toBeNull();
  expect(message("x".repeat(37))).toBeNull();
  expect(message("chat", 300_001)).toBeNull();
  expect(message("chat", -1)).toBeNull();
  expect(message("chat", 0, 2049)).toBeNull();
  expect(readDataMessage({}, sender, 0)).toBeNull();
});

test("a late joiner gets what still lives, once, and nobody what they had", () => {
  const kept = new KeptMessages();
  kept.add(message("long", 10_000)!, ["present"], 0);
  kept.add(message("short", 1_000)!, [], 0);
  kept.add(message("moment")!, [], 0);
  expect(kept.takeFor("late", 5_000).map(({ topic }) => topic)).toEqual(["long"]);
  expect(kept.takeFor("late", 5_000)).toEqual([]);
  expect(kept.takeFor("present", 500).map(({ topic }) => topic)).toEqual(["short"]);
  expect(kept.takeFor("s", 500)).toEqual([]);
});

test("a meeting full of messages forgets the oldest", () => {
  const kept = new KeptMessages();
  for (let i = 0; i < 1_500; i++) kept.add(message(`t${i}`, 60_000)!, [], 0);
  const late = kept.takeFor("late", 1);
  expect(late).toHaveLength(1_000);
  expect(late[0]?.topic).toBe("t500");
});
