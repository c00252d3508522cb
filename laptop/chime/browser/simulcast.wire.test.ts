import { BatchCreateAttendeeCommand, CreateMeetingCommand } from "@aws-sdk/client-chime-sdk-meetings";
import { afterAll, beforeAll, expect, test } from "vitest";
import { decodeFrame, frameType } from "../signaling/frame";
import { type Cloud, startCloud } from "../testing/start-cloud";
import { openVisitors, type Visitor } from "./visitors";

/** The SDK's old flag, by which one camera is sent in several sizes at once. */
let cloud: Cloud;
let visitors: Awaited<ReturnType<typeof openVisitors>>;

/** A camera that comes, a partner's camera, sizes switched: a few each. A loop has hundreds. */
const subscribesMax = 12;

beforeAll(async () => {
  [cloud, visitors] = await Promise.all([startCloud(), openVisitors()]);
});
afterAll(async () => {
  await visitors?.close();
  await cloud?.stop();
});

function countSubscribes({ page }: Visitor): () => number {
  let count = 0;
  page.on("websocket", (socket) =>
    socket.on("framesent", ({ payload }) => {
      if (typeof payload !== "string" && decodeFrame(payload)?.type === frameType.SUBSCRIBE) count += 1;
    }),
  );
  return () => count;
}

const framesMore = (viewer: Visitor, who: string, more: number) =>
  viewer.page.evaluate(
    async ([person, count]) => {
      const until = window.party.framesOf(person) + count;
      while (window.party.framesOf(person) < until) await new Promise(requestAnimationFrame);
    },
    [who, more] as const,
  );

test("a camera that is sent in several sizes is one moving picture, and the call comes to rest", async () => {
  const meeting = await cloud.sdk.send(
    new CreateMeetingCommand({
      ClientRequestToken: "sizes",
      ExternalMeetingId: "sizes",
      MediaRegion: "us-east-1",
    }),
  );
  const { Attendees: [hers, his] = [] } = await cloud.sdk.send(
    new BatchCreateAttendeeCommand({
      MeetingId: meeting.Meeting?.MeetingId,
      Attendees: [{ ExternalUserId: "alice" }, { ExternalUserId: "bob" }],
    }),
  );
  const [alice, bob] = await Promise.all([visitors.visit("alice"), visitors.visit("bob")]);
  const counts = [countSubscribes(alice), countSubscribes(bob)];

  await alice.join(meeting, hers, { hz: 440, color: "#c00000", simulcast: true });
  await alice.saw({ type: "started" });
  await bob.join(meeting, his, { hz: 880, color: "#0000c0", simulcast: true });
  await Promise.all([bob.sees("alice", "red"), alice.sees("bob", "blue")]);
  await Promise.all([framesMore(bob, "alice", 60), framesMore(alice, "bob", 60)]);
  const offer = await alice.page.evaluate(() => window.party.connection()?.localDescription?.sdp ?? "");
  expect(offer).toContain("a=simulcast:send");
  for (const count of counts) expect(count()).toBeLessThanOrEqual(subscribesMax);

  const before = counts.map((count) => count());
  await Promise.all([framesMore(bob, "alice", 60), framesMore(alice, "bob", 60)]);
  expect(counts.map((count) => count())).toEqual(before);
  expect(cloud.faults).toEqual([]);
}, 60_000);
