import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { cloudCleanups, connectionChecks } from "@/db/schema";
import { person, system } from "@/db/testing/people";
import { cleanUpDue } from "@/lib/cleanups/cloud-cleanups";
import { noCapability } from "@/lib/ports/meetings";
import { beginConnectionCheck } from "./begin-connection-check";
import { cancelVisit } from "./cancel-visit";
import { issueCheckLink } from "./device-check";
import { endConnectionCheck } from "./end-connection-check";
import { startVisit } from "./start-visit";
import {
  codeIn,
  eventsOf,
  givenVisits,
  granted,
  linkOf,
  makeVisit,
  origin,
  refusalOf,
  scheduler,
  visitRow,
} from "./testing";

const deps = givenVisits();
/** A visit with a link to join, and one to its device check. */
async function links() {
  const made = await makeVisit(deps, { inMinutes: 60, channel: "sms" });
  const url = await deps.db.asActor(system, (tx) =>
    issueCheckLink(deps, tx, { visitId: made.visitId, actor: scheduler }),
  );
  const join = codeIn((await linkOf(deps, made.visitId, "patient")).link);
  const check = codeIn(url);
  const begin = (link: "join" | "check", given: { code?: string; holder?: string } = {}) =>
    beginConnectionCheck(deps, {
      link,
      code: given.code ?? (link === "join" ? join : check),
      holder: given.holder ?? randomUUID(),
      origin,
    });
  return { ...made, join, check, begin };
}
const roomOf = (meetingId: string) => deps.meetings.rooms.get(meetingId);

describe("a check of the connection", () => {
  test("gets a meeting of its own, for one, who is sent sound and no picture; the link and the visit stay as they were", async () => {
    const { visitId, join, begin } = await links();
    for (const link of ["join", "check"] as const) {
      const { meeting, attendee } = granted(await begin(link));
      expect(meeting.externalMeetingId).toBe(`check-${visitId}`);
      expect(deps.meetings.capabilitiesOf(meeting.meetingId, attendee.attendeeId)).toEqual({
        audio: "SendReceive",
        video: "None",
        content: "None",
      });
      const another = { externalUserId: "another", capabilities: noCapability };
      expect(refusalOf(await deps.meetings.addAttendee(meeting.meetingId, another))).toBe("MEETING_FULL");
    }
    expect(await visitRow(deps.db, visitId)).toMatchObject({ startedAt: null, meetingId: null });
    expect(await eventsOf(deps.db, visitId)).not.toContain("TOKEN_REDEEMED");
    expect(await eventsOf(deps.db, visitId)).toContain("CONNECTION_CHECK_BEGUN");
    granted(await startVisit(deps, { visitId, code: join, holder: randomUUID(), origin }));
  });

  test("ends its meeting when its page says so, and a stranger's id ends nothing", async () => {
    const { begin } = await links();
    const { checkId, meeting } = granted(await begin("join"));
    granted(await endConnectionCheck(deps, { checkId: randomUUID() }));
    expect(roomOf(meeting.meetingId)?.ended).toBe(false);
    granted(await endConnectionCheck(deps, { checkId }));
    granted(await endConnectionCheck(deps, { checkId }));
    expect(roomOf(meeting.meetingId)?.ended).toBe(true);
  });

  test("whose page went away without a word is ended by the worker after a minute, and not before", async () => {
    const { begin } = await links();
    const { meeting } = granted(await begin("check"));
    deps.clock.advance(50);
    await cleanUpDue(deps);
    expect(roomOf(meeting.meetingId)?.ended).toBe(false);
    deps.clock.advance(15);
    while ((await cleanUpDue(deps)) > 0);
    expect(roomOf(meeting.meetingId)?.ended).toBe(true);
  });

  test("that finds no place leaves no meeting behind", async () => {
    const { visitId, begin } = await links();
    deps.meetings.faults.fail("addAttendee", "outage");
    expect(refusalOf(await begin("join"))).toBe("CLOUD_UNAVAILABLE");
    deps.meetings.faults.heal();
    const [cleanup] = await deps.db.asActor(system, (tx) =>
      tx.select().from(cloudCleanups).where(eq(cloudCleanups.visitId, visitId)),
    );
    expect(cleanup?.doneAt).not.toBeNull();
    expect(roomOf(cleanup?.target ?? "")?.ended).toBe(true);
  });
});

describe("nobody makes meetings at our cost", () => {
  test("twelve an hour for a link, then a wait; another link has its own", async () => {
    const { begin } = await links();
    for (let check = 0; check < 12; check++) granted(await begin("join"));
    const before = deps.meetings.rooms.size;
    expect(await begin("join")).toMatchObject({ ok: false, error: { code: "CHECKS_LIMITED" } });
    expect(deps.meetings.rooms.size).toBe(before);
    granted(await begin("check"));
    deps.clock.advance(3601);
    granted(await begin("join"));
  });

  test("nor twelve at once beyond the twelve", async () => {
    const { begin } = await links();
    const all = await Promise.all(Array.from({ length: 15 }, () => begin("check")));
    expect(all.filter(({ ok }) => ok)).toHaveLength(12);
  });

  test("by guessing a code, by a code at the wrong kind of door, or by a link that somebody else holds", async () => {
    const { visitId, join, begin } = await links();
    expect(refusalOf(await begin("join", { code: "zzzzzzzz" }))).toBe("CODE_UNKNOWN");
    expect(refusalOf(await begin("check", { code: "yyyyyyyy" }))).toBe("CODE_UNKNOWN");
    // A link's code is good at its own kind of door alone.
    expect(refusalOf(await begin("check", { code: join }))).toBe("CODE_UNKNOWN");
    expect(deps.guessLimits.misses).toHaveLength(3);
    const holder = randomUUID();
    granted(await startVisit(deps, { visitId, code: join, holder, origin }));
    expect(refusalOf(await begin("join"))).toBe("TOKEN_REUSED");
    granted(await begin("join", { holder }));
    deps.guessLimits.limited = true;
    expect(refusalOf(await begin("check"))).toBe("GUESS_LIMITED");
    deps.guessLimits.limited = false;
  });

  test("once the visit was cancelled", async () => {
    const { visitId, begin } = await links();
    granted(await cancelVisit(deps, { actor: scheduler, visitId }));
    expect(refusalOf(await begin("join"))).toBe("VISIT_CANCELLED");
    expect(refusalOf(await begin("check"))).toBe("CODE_UNKNOWN");
  });
});

test("what checks were begun is seen by nobody but the door", async () => {
  const { begin } = await links();
  granted(await begin("join"));
  const admin = person(randomUUID(), "admin");
  expect(await deps.db.asActor(admin, (tx) => tx.select().from(connectionChecks))).toEqual([]);
});
