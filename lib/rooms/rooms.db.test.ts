import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { auditLog, cloudCleanups, outbox, roomInvites, roomSeats, rooms } from "@/db/schema";
import { person, system } from "@/db/testing/people";
import { liveVersion } from "@/lib/kernel/live-version";
import type { RoomRole } from "@/lib/kernel/room-role";
import { codeIn, givenVisits, granted, origin, refusalOf, toldDuring } from "@/lib/visits/testing";
import { inspectCode } from "@/lib/vouchers/inspect";
import { admitPerson } from "./admit-person";
import type { MadeRoom } from "./answers";
import { closeRoom, extendRoom, lockRoom, removePerson, renewLink, sendRoomLink } from "./change-room";
import { roomChangedChannel } from "./changed";
import { joinRoom } from "./join-room";
import { getRoom, listRooms, showLinks } from "./list-rooms";
import { leaveRoom, liveRoom, noteRoomSilence } from "./live-room";
import { lookAtRoom } from "./look-at-room";
import { makeRoom } from "./make-room";
import { sweepRooms } from "./sweep-rooms";
import { roomSeatHolder, roomSession } from "./who-speaks";

const deps = givenVisits();
const scheduler = person("cccccccc-0000-4000-8000-0000000000ab", "scheduler");

const make = async (given: { lobby?: boolean; ttlMinutes?: number } = {}) =>
  granted(await makeRoom(deps, { actor: scheduler, ...given }));
/** Somebody with a link of the room. */
function comer(room: MadeRoom, role: RoomRole, link = room[role]) {
  const holder = randomUUID();
  const join = (as = holder) =>
    joinRoom(deps, { presented: { token: link.token }, roomId: room.roomId, holder: as, origin });
  const actor = (seatId: string) =>
    ({ kind: "room-invite", inviteId: seatId, roomId: room.roomId, role, origin }) as const;
  const look = (browserId = "") => lookAtRoom(deps, { code: codeIn(link.link), browserId, origin });
  return { holder, join, actor, look };
}
async function bothInside(given: { lobby?: boolean } = { lobby: false }) {
  const room = await make(given);
  const [host, guest] = [comer(room, "host"), comer(room, "guest")];
  const hosted = granted(await host.join());
  const visited = granted(await guest.join());
  return { room, host, guest, hosted, visited, asHost: host.actor(hosted.seatId) };
}
const attendeesOf = (meetingId: string) => [
  ...(deps.meetings.rooms.get(meetingId)?.attendees.values() ?? []),
];

describe("a link of a room", () => {
  test("lets its holder in, as often as they come back, and nobody else", async () => {
    const room = await make();
    const guest = comer(room, "guest");
    expect(await guest.look()).toMatchObject({ kind: "ready", role: "guest", resumable: false });
    const first = granted(await guest.join());
    const again = granted(await guest.join());
    expect(again.chimeJoinInfo).toEqual(first.chimeJoinInfo);
    expect(again.sessionToken).not.toBe(first.sessionToken);
    expect(refusalOf(await guest.join(randomUUID()))).toBe("TOKEN_REUSED");
    expect(await guest.look(guest.holder)).toMatchObject({ kind: "ready", resumable: true });
    expect(await guest.look()).toMatchObject({ kind: "used" });
  });

  test("has one winner among many who press at once", async () => {
    const guest = comer(await make(), "guest");
    const all = await Promise.all(Array.from({ length: 12 }, () => guest.join(randomUUID())));
    expect(all.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test("opens no other room and no visit, and a broken one nothing at all", async () => {
    const [room, other] = [await make(), await make()];
    const { token, link } = room.guest;
    const holder = randomUUID();
    const at = (roomId: string, presented: { token: string } | { code: string }) =>
      joinRoom(deps, { presented, roomId, holder, origin });
    expect(refusalOf(await at(other.roomId, { token }))).toBe("TOKEN_INVALID");
    expect(refusalOf(await at(room.roomId, { token: `${token.slice(0, -4)}AAAA` }))).toBe("TOKEN_INVALID");
    expect(refusalOf(await at(room.roomId, { code: "zzzzzzzz" }))).toBe("CODE_UNKNOWN");
    expect(deps.guessLimits.misses).toHaveLength(3);
    expect(refusalOf(await inspectCode(deps, codeIn(link), deps.clock.now()))).toBe("CODE_UNKNOWN");
    expect((await at(room.roomId, { code: codeIn(link) })).ok).toBe(true);
  });

  test("runs out with its room; extending the room keeps the link alive", async () => {
    const room = await make({ ttlMinutes: 5 });
    const guest = comer(room, "guest");
    granted(await extendRoom(deps, { actor: scheduler, roomId: room.roomId, minutes: 5 }));
    const kept = granted(await getRoom(deps, { actor: scheduler, roomId: room.roomId }));
    expect(Date.parse(kept.expiresAt) - Date.parse(room.expiresAt)).toBe(300_000);
    await deps.db.asActor(system, (tx) =>
      tx
        .update(rooms)
        .set({ expiresAt: new Date(Date.now() - 1_000) })
        .where(eq(rooms.id, room.roomId)),
    );
    expect(refusalOf(await guest.join())).toBe("TOKEN_EXPIRED");
    expect(await guest.look()).toMatchObject({ kind: "expired" });
    const late = await extendRoom(deps, { actor: scheduler, roomId: room.roomId, minutes: 5 });
    expect(refusalOf(late)).toBe("ROOM_EXPIRED");
  });
});

describe("inside", () => {
  test("are two, with sound alone; a third place is there for nobody", async () => {
    const { hosted, visited } = await bothInside();
    const { meetingId } = hosted.chimeJoinInfo.meeting;
    expect(visited.chimeJoinInfo.meeting.meetingId).toBe(meetingId);
    expect(deps.meetings.rooms.get(meetingId)).toMatchObject({ maxAttendees: 2 });
    for (const { capabilities } of attendeesOf(meetingId))
      expect(capabilities).toEqual({ audio: "SendReceive", video: "None", content: "None" });
  });

  test("a guest waits in the lobby unheard until the host lets them in; they cannot let themselves in", async () => {
    const { room, guest, visited, asHost } = await bothInside({ lobby: true });
    const { meetingId } = visited.chimeJoinInfo.meeting;
    const heard = () =>
      attendeesOf(meetingId)
        .map(({ capabilities }) => capabilities.audio)
        .sort();
    expect(visited.admitted).toBe(false);
    expect(heard()).toEqual(["None", "SendReceive"]);
    const { roomId } = room;
    const asGuest = guest.actor(visited.seatId);
    expect(refusalOf(await admitPerson(deps, { actor: asGuest, roomId }))).toBe("FORBIDDEN");
    expect(refusalOf(await closeRoom(deps, { actor: asGuest, roomId }))).toBe("FORBIDDEN");
    expect(granted(await admitPerson(deps, { actor: asHost, roomId })).admitted).toEqual([visited.seatId]);
    expect(heard()).toEqual(["SendReceive", "SendReceive"]);
    expect(granted(await liveRoom(deps, { actor: asGuest, roomId })).you.admitted).toBe(true);
  });

  test("who was taken out cannot return with the old link, and can with a new one", async () => {
    const { room, guest, visited, asHost } = await bothInside();
    const { roomId } = room;
    const { meetingId } = visited.chimeJoinInfo.meeting;
    granted(await removePerson(deps, { actor: asHost, roomId, seatId: visited.seatId }));
    expect(attendeesOf(meetingId)).toHaveLength(1);
    expect(refusalOf(await guest.join())).toBe("ROOM_REMOVED");
    expect(await guest.look(guest.holder)).toMatchObject({ kind: "removed" });
    const { sessionToken } = visited;
    expect(refusalOf(await roomSession(deps, { roomId, sessionToken, origin }))).toBe("SESSION_INVALID");
    const own = granted(await liveRoom(deps, { actor: guest.actor(visited.seatId), roomId }));
    expect(own.you).toMatchObject({ removed: true, admitted: false });

    const link = granted(await renewLink(deps, { actor: scheduler, roomId, role: "guest" }));
    expect((await comer(room, "guest", link).join()).ok).toBe(true);
    expect(attendeesOf(meetingId)).toHaveLength(2);
  });

  test("a locked room takes nobody new, and those who were in come back", async () => {
    const room = await make();
    const { roomId } = room;
    const [host, guest] = [comer(room, "host"), comer(room, "guest")];
    const asHost = host.actor(granted(await host.join()).seatId);
    granted(await lockRoom(deps, { actor: asHost, roomId, locked: true }));
    expect(refusalOf(await guest.join())).toBe("ROOM_LOCKED");
    expect(await guest.look()).toMatchObject({ kind: "locked" });
    expect((await host.join()).ok).toBe(true);
    granted(await lockRoom(deps, { actor: asHost, roomId, locked: false }));
    expect((await guest.join()).ok).toBe(true);
  });

  test("a host whose link was replaced hosts no more", async () => {
    const { room, asHost, visited } = await bothInside();
    const { roomId } = room;
    granted(await renewLink(deps, { actor: scheduler, roomId, role: "host" }));
    for (const refused of [
      await closeRoom(deps, { actor: asHost, roomId }),
      await lockRoom(deps, { actor: asHost, roomId, locked: true }),
      await removePerson(deps, { actor: asHost, roomId, seatId: visited.seatId }),
      await admitPerson(deps, { actor: asHost, roomId }),
    ])
      expect(refusalOf(refused)).toBe("FORBIDDEN");
  });

  test("a meeting that the cloud ended is made anew, and both are told to come along", async () => {
    const { room, host, guest, hosted, visited } = await bothInside();
    granted(await deps.meetings.end(hosted.chimeJoinInfo.meeting.meetingId));
    const again = granted(await host.join());
    expect(again.generation).toBe(hosted.generation + 1);
    const seen = granted(await liveRoom(deps, { actor: guest.actor(visited.seatId), roomId: room.roomId }));
    expect(seen).toMatchObject({ generation: again.generation, you: { rejoin: true } });
    expect(granted(await guest.join()).chimeJoinInfo.meeting).toEqual(again.chimeJoinInfo.meeting);
  });

  test("a place that a crash left taken costs nobody theirs", async () => {
    const { host, hosted, room } = await bothInside();
    const { meetingId } = hosted.chimeJoinInfo.meeting;
    // The host's seat as it was before the cloud's answer could be written down.
    await deps.db.asActor(system, (tx) =>
      tx
        .update(roomSeats)
        .set({ attendeeId: null, credentials: null })
        .where(eq(roomSeats.inviteId, hosted.seatId)),
    );
    const back = granted(await host.join());
    expect(back.chimeJoinInfo.meeting.meetingId).not.toBe(meetingId);
    expect(back.roomId).toBe(room.roomId);
  });

  test("while the cloud is away nobody's link is lost", async () => {
    const guest = comer(await make(), "guest");
    deps.meetings.faults.fail("create", "outage");
    expect(refusalOf(await guest.join())).toBe("CLOUD_UNAVAILABLE");
    deps.meetings.faults.heal();
    expect((await guest.join()).ok).toBe(true);
  });

  test("who leaves may come back", async () => {
    const { room, guest, visited } = await bothInside();
    const asGuest = guest.actor(visited.seatId);
    granted(await leaveRoom(deps, asGuest));
    const left = granted(await liveRoom(deps, { actor: asGuest, roomId: room.roomId }));
    expect(left.people[1]).toMatchObject({ role: "guest", state: "left" });
    expect(granted(await guest.join()).seatId).toBe(visited.seatId);
  });
});

describe("whoever watches a room", () => {
  test("is told of a link's first opening, of who comes, falls silent, is back and leaves, and sees it each time", async () => {
    const room = await make({ lobby: false });
    const { roomId } = room;
    const guest = comer(room, "guest");
    const watched = async () => granted(await liveRoom(deps, { actor: scheduler, roomId }));
    let before = liveVersion(await watched());
    const news = async (run: () => Promise<unknown>) => {
      const told = await toldDuring(deps, run, roomChangedChannel);
      const after = liveVersion(await watched());
      const changed = after !== before;
      before = after;
      return { told: told.includes(roomId), changed };
    };
    const [both, neither] = [
      { told: true, changed: true },
      { told: false, changed: false },
    ];
    expect(await news(() => guest.look())).toEqual(both);
    expect((await watched()).links).toEqual({ host: "ready", guest: "opened" });
    expect(await news(() => guest.look())).toEqual(neither);

    const { seatId } = granted(await guest.join());
    expect(await watched()).toMatchObject({ here: [seatId], links: { guest: "used" } });
    before = liveVersion(await watched());
    const asGuest = guest.actor(seatId);
    const fromTheirPage = async () => granted(await liveRoom(deps, { actor: asGuest, roomId }));
    expect(await news(fromTheirPage)).toEqual(neither);
    expect(await fromTheirPage()).not.toHaveProperty("here");

    let silentLong = async () => {};
    await noteRoomSilence(deps, asGuest, (ms, run) => {
      expect(ms).toBe(30_000);
      silentLong = run;
    });
    deps.clock.advance(31);
    expect(await news(silentLong)).toEqual(both);
    expect(await watched()).toMatchObject({ here: [] });
    expect(await news(fromTheirPage)).toEqual(both);
    expect(await watched()).toMatchObject({ here: [seatId] });
    expect(await news(fromTheirPage)).toEqual(neither);
    expect(await news(() => leaveRoom(deps, asGuest))).toEqual(both);
  });
});

describe("a room that is over", () => {
  test("is closed for both by its host; its meeting ends, even if the cloud is away just then", async () => {
    const { room, guest, hosted, asHost } = await bothInside();
    const { roomId } = room;
    const { meetingId } = hosted.chimeJoinInfo.meeting;
    deps.meetings.faults.fail("end", "outage");
    granted(await closeRoom(deps, { actor: asHost, roomId }));
    expect(refusalOf(await guest.join())).toBe("ROOM_CLOSED");
    expect(await guest.look(guest.holder)).toMatchObject({ kind: "closed" });
    const [left] = await deps.db.asActor(system, (tx) =>
      tx.select().from(cloudCleanups).where(eq(cloudCleanups.roomId, roomId)),
    );
    expect(left).toMatchObject({ kind: "meeting", target: meetingId, doneAt: null });
    const reopened = deps.db.asActor(system, (tx) =>
      tx.execute(sql`UPDATE rooms SET closed_at = NULL, close_reason = NULL WHERE id = ${roomId}`),
    );
    await expect(reopened).rejects.toThrow();
  });

  test("is swept when its time ran out, once", async () => {
    const { room, guest, hosted, visited } = await bothInside();
    deps.clock.advance(3_700);
    expect(await sweepRooms(deps)).toBeGreaterThanOrEqual(1);
    expect(await sweepRooms(deps)).toBe(0);
    expect(deps.meetings.rooms.get(hosted.chimeJoinInfo.meeting.meetingId)?.ended).toBe(true);
    const seen = granted(await liveRoom(deps, { actor: guest.actor(visited.seatId), roomId: room.roomId }));
    expect(seen.state).toBe("expired");
  });
});

describe("who sees and does what", () => {
  test("a clinician has the rooms they made, whoever runs the book all, an agent none", async () => {
    const jane = person(randomUUID(), "clinician");
    const john = person(randomUUID(), "clinician");
    const room = granted(await makeRoom(deps, { actor: jane }));
    const { roomId } = room;
    expect((await getRoom(deps, { actor: jane, roomId })).ok).toBe(true);
    expect(refusalOf(await getRoom(deps, { actor: john, roomId }))).toBe("ROOM_UNKNOWN");
    expect(refusalOf(await closeRoom(deps, { actor: john, roomId }))).toBe("ROOM_UNKNOWN");
    expect((await getRoom(deps, { actor: scheduler, roomId })).ok).toBe(true);
    const agent = person(randomUUID(), "agent");
    expect(refusalOf(await makeRoom(deps, { actor: agent }))).toBe("FORBIDDEN");
    expect(refusalOf(await listRooms(deps, { actor: agent }))).toBe("FORBIDDEN");
    const key = { kind: "api-key", id: randomUUID(), scopes: ["visits"], origin } as const;
    expect(refusalOf(await makeRoom(deps, { actor: key }))).toBe("FORBIDDEN");
    expect(granted(await listRooms(deps, { actor: jane })).rooms.map((one) => one.roomId)).toEqual([roomId]);
  });

  test("an invite has its own room's row and no other's, and nobody else's hashes", async () => {
    const { room, guest, visited } = await bothInside();
    await make();
    const actor = guest.actor(visited.seatId);
    const seen = await deps.db.asActor(actor, async (tx) => ({
      rooms: await tx.select({ id: rooms.id }).from(rooms),
      invites: await tx.select({ id: roomInvites.id }).from(roomInvites),
    }));
    expect(seen).toEqual({ rooms: [{ id: room.roomId }], invites: [{ id: visited.seatId }] });
    const other = roomSeatHolder(deps, {
      roomId: room.roomId,
      seatId: visited.seatId,
      holder: randomUUID(),
      origin,
    });
    expect(refusalOf(await other)).toBe("SEAT_UNKNOWN");
    // Not even injected SQL makes a spent invite new.
    const renewed = deps.db.asActor(scheduler, (tx) =>
      tx.execute(sql`UPDATE room_invites SET redeemed_at = NULL WHERE id = ${visited.seatId}`),
    );
    await expect(renewed).rejects.toThrow();
  });

  test("a list goes on where its page ended", async () => {
    const jane = person(randomUUID(), "clinician");
    const made: string[] = [];
    for (let each = 0; each < 3; each++) made.unshift(granted(await makeRoom(deps, { actor: jane })).roomId);
    const first = granted(await listRooms(deps, { actor: jane, limit: 2 }));
    const next = granted(
      await listRooms(deps, { actor: jane, limit: 2, cursor: first.nextCursor ?? undefined }),
    );
    expect([...first.rooms, ...next.rooms].map(({ roomId }) => roomId)).toEqual(made);
    expect(next.nextCursor).toBeNull();
  });

  test("a link is shown and sent while nobody has used it, ten times; the message is not kept open", async () => {
    const room = await make();
    const { roomId } = room;
    const shown = granted(await showLinks(deps, { actor: scheduler, roomId }));
    expect(shown).toEqual({ host: room.host.link, guest: room.guest.link });
    const send = (to: { phone: string } | { email: string }) =>
      sendRoomLink(deps, { actor: scheduler, roomId, role: "guest", to, locale: "es" });
    expect(granted(await send({ phone: "+15550100199" })).to).not.toContain("5550100");
    const kept = await deps.db.asActor(system, (tx) =>
      tx.select().from(outbox).where(eq(outbox.recipient, "+15550100199")),
    );
    expect(kept.map(({ template, kind }) => [template, kind])).toEqual([["room", "sms"]]);
    expect(kept[0]?.payload?.includes(codeIn(room.guest.link))).toBe(false);
    for (let more = 0; more < 9; more++) granted(await send({ email: "avery@example.test" }));
    expect(refusalOf(await send({ email: "avery@example.test" }))).toBe("ROOM_MESSAGES_ENOUGH");

    granted(await comer(room, "host").join());
    expect(granted(await showLinks(deps, { actor: scheduler, roomId })).host).toBeNull();
    const used = {
      actor: scheduler,
      roomId,
      role: "host",
      to: { email: "a@example.test" },
      locale: "en",
    } as const;
    const other = granted(await makeRoom(deps, { actor: scheduler }));
    granted(await comer(other, "host").join());
    expect(refusalOf(await sendRoomLink(deps, { ...used, roomId: other.roomId }))).toBe("LINK_CLOSED");
  });

  test("what was done is in the audit, with no name, no code and no address", async () => {
    const named = granted(await makeRoom(deps, { actor: scheduler, name: "Call with Avery", lobby: false }));
    const { roomId } = named;
    const guest = comer(named, "guest");
    granted(await guest.join());
    granted(await closeRoom(deps, { actor: scheduler, roomId }));
    const auditor = person(randomUUID(), "auditor");
    const rows = await deps.db.asActor(auditor, (tx) =>
      tx.select().from(auditLog).where(sql`metadata->>'roomId' = ${roomId}`),
    );
    expect(rows.map(({ eventType }) => eventType).sort()).toEqual([
      "PARTY_ADMITTED",
      "ROOM_CLOSED",
      "ROOM_MADE",
      "TOKEN_ISSUED",
      "TOKEN_ISSUED",
      "TOKEN_REDEEMED",
      "TOKEN_REVOKED",
      "TOKEN_REVOKED",
    ]);
    expect(JSON.stringify(rows.map(({ metadata }) => metadata))).not.toMatch(/Avery|example|\/r\//);
  });
});
