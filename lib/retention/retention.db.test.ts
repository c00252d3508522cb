import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { auditLog } from "@/db/schema";
import { person, system } from "@/db/testing/people";
import type { Actor } from "@/lib/kernel/actor";
import { closeRoom, renewLink, sendRoomLink } from "@/lib/rooms/change-room";
import { joinRoom } from "@/lib/rooms/join-room";
import { makeRoom } from "@/lib/rooms/make-room";
import { makeCaller } from "@/lib/support-calls/testing";
import { givenVisits, granted, linkOf, makeVisit, origin } from "@/lib/visits/testing";
import { changeRetention, readRetention } from "./change-retention";
import { floors, keptForever, type RetentionRules, retentionKinds } from "./retention";
import { sweepRetention } from "./sweep-retention";

const deps = givenVisits();
const admin = person(randomUUID(), "admin");
const ask = (rules: Partial<RetentionRules>, more: { confirmed?: boolean; actor?: Actor } = {}) =>
  changeRetention(deps, { actor: admin, ...more, rules: { ...keptForever, ...rules } });
const run = (statement: ReturnType<typeof sql>, actor: Actor = system) =>
  deps.db.asActor(actor, (tx) => tx.execute(statement));
beforeEach(async () => {
  granted(await ask({}, { confirmed: true }));
});

/** One row of each table, so many days old; of a visit that is over, unless told otherwise. */
async function written(daysAgo: number, { inMinutes = 5 } = {}) {
  const { visitId } = await makeVisit(deps, { inMinutes });
  const { tokenId } = await linkOf(deps, visitId, "patient");
  const [id, check] = [randomUUID(), randomUUID()];
  const at = new Date(Date.now() - daysAgo * 86_400_000).toISOString();
  if (inMinutes <= 5)
    await run(sql`UPDATE video_visits SET scheduled_at = ${at}::timestamptz WHERE id = ${visitId}`);
  await run(sql`INSERT INTO visit_chat (id, visit_id, voucher_id, party, words, said_at)
    VALUES (${id}, ${visitId}, ${tokenId}, 'patient', '\\x00', ${at}::timestamptz)`);
  await run(sql`INSERT INTO visit_presence (id, visit_id, voucher_id, party, came_at, seen_at)
    VALUES (${id}, ${visitId}, ${tokenId}, 'patient', ${at}::timestamptz, ${at}::timestamptz)`);
  await run(
    sql`INSERT INTO waiting_words (visit_id, words, said_at) VALUES (${visitId}, '\\x00', ${at}::timestamptz)`,
  );
  await run(sql`INSERT INTO device_check_links (id, visit_id, code_hash, created_at)
    VALUES (${check}, ${visitId}, ${Buffer.from(randomUUID().replaceAll("-", "").repeat(2), "hex")}, ${at}::timestamptz)`);
  await run(sql`INSERT INTO device_checks (link_id, run_id, visit_id, camera, microphone, speaker, network, created_at)
    VALUES (${check}, ${id}, ${visitId}, 'works', 'works', 'works', 'good', ${at}::timestamptz)`);
  await run(sql`INSERT INTO outbox (id, kind, visit_id, party, template, recipient, created_at, sent_at)
    VALUES (${id}, 'sms', ${visitId}, 'patient', 'initial', '+15550101234', ${at}::timestamptz, ${at}::timestamptz)`);
  return async () => {
    const [left] = await run(sql`SELECT
      (SELECT count(*)::int FROM visit_chat WHERE visit_id = ${visitId}) AS chat,
      (SELECT count(*)::int FROM device_checks WHERE visit_id = ${visitId}) AS checks,
      (SELECT count(*)::int FROM visit_presence WHERE visit_id = ${visitId}) AS calls,
      (SELECT count(*)::int FROM outbox WHERE visit_id = ${visitId}) AS messages,
      (SELECT count(*)::int FROM waiting_words WHERE visit_id = ${visitId}) AS words,
      (SELECT count(*)::int FROM video_visits WHERE id = ${visitId}) AS visit`);
    return left;
  };
}
const everything = async () => {
  while ((await sweepRetention(deps)) > 0);
};
const whole = { chat: 1, checks: 1, calls: 1, messages: 1, words: 1, visit: 1 };

describe("what is kept no longer", () => {
  test("goes when it is older than the clinic says, each kind by itself; the visit stays", async () => {
    const [old, young] = [await written(100), await written(80)];
    await everything();
    expect(await old()).toEqual(whole);
    granted(await ask({ chat: 90, words: 1 }, { confirmed: true }));
    await everything();
    expect(await old()).toEqual({ ...whole, chat: 0, words: 0 });
    expect(await young()).toEqual({ ...whole, words: 0 });
    granted(await ask({ checks: 90, calls: 90, messages: 90 }, { confirmed: true }));
    await everything();
    expect(await old()).toEqual({ chat: 0, checks: 0, calls: 0, messages: 0, words: 0, visit: 1 });
    expect(await young()).toEqual({ ...whole, words: 0 });
  });

  test("but a message about a visit that is still to come stays, and so does one that was not sent", async () => {
    const ahead = await written(200, { inMinutes: 6_000 });
    const id = randomUUID();
    await run(
      sql`INSERT INTO outbox (id, kind, template, recipient, created_at) VALUES (${id}, 'email', 'x', 'a@example.com', '2020-01-01')`,
    );
    granted(await ask({ messages: 90 }, { confirmed: true }));
    await everything();
    expect(await ahead()).toMatchObject({ messages: 1 });
    expect(await run(sql`SELECT id FROM outbox WHERE id = ${id}`)).toHaveLength(1);
  });

  test("is recorded by how much went, by one worker of several", async () => {
    await written(400);
    granted(await ask({ chat: 365 }, { confirmed: true }));
    await Promise.all([1, 2, 3].map(() => everything()));
    const entries = await deps.db.asActor(system, (tx) => tx.select().from(auditLog));
    const swept = entries.filter(({ eventType }) => eventType === "RETENTION_SWEPT");
    expect(swept.reduce((sum, { metadata }) => sum + Number(metadata.chat ?? 0), 0)).toBeGreaterThan(0);
    expect(swept.at(-1)?.actorRole).toBe("SYSTEM");
  });
});

describe("an audio room that is over", () => {
  /** Over so many days ago; null: still open. With two people inside, and its guest link sent. */
  async function roomOver(daysAgo: number | null) {
    const room = granted(await makeRoom(deps, { actor: admin, name: "Avery", lobby: false }));
    const { roomId } = room;
    for (const { token } of [room.host, room.guest])
      granted(await joinRoom(deps, { presented: { token }, roomId, holder: randomUUID(), origin }));
    const to = { email: "avery@example.test" };
    granted(await renewLink(deps, { actor: admin, roomId, role: "guest" }));
    granted(await sendRoomLink(deps, { actor: admin, roomId, role: "guest", to, locale: "en" }));
    if (daysAgo !== null) {
      deps.clock.advance(-daysAgo * 86_400);
      granted(await closeRoom(deps, { actor: admin, roomId }));
      deps.clock.reset();
    }
    const left = async () => {
      const [row] = await run(sql`SELECT (SELECT count(*)::int FROM rooms WHERE id = ${roomId}) AS room,
        (SELECT count(*)::int FROM room_invites WHERE room_id = ${roomId}) AS links,
        (SELECT count(*)::int FROM room_seats WHERE room_id = ${roomId}) AS people,
        (SELECT count(*)::int FROM outbox WHERE room_id = ${roomId}) AS sent`);
      return row;
    };
    return { roomId, left };
  }
  const all = { room: 1, links: 3, people: 2, sent: 1 };

  test("goes whole when its time has come, counted beforehand and recorded as one; others stay", async () => {
    const [old, young, open] = [await roomOver(40), await roomOver(20), await roomOver(null)];
    expect(await ask({ rooms: 30 })).toMatchObject({
      error: { code: "RETENTION_UNCONFIRMED", wouldGo: { rooms: 1 } },
    });
    await everything();
    expect(await old.left()).toEqual(all);
    granted(await ask({ rooms: 30 }, { confirmed: true }));
    await everything();
    expect(await old.left()).toEqual({ room: 0, links: 0, people: 0, sent: 0 });
    expect([await young.left(), await open.left()]).toEqual([all, all]);
    const entries = await deps.db.asActor(system, (tx) => tx.select().from(auditLog));
    expect(entries.findLast(({ eventType }) => eventType === "RETENTION_SWEPT")?.metadata).toEqual({
      rooms: 1,
    });
    // What was done in it is still told.
    expect(entries.some(({ metadata }) => metadata.roomId === old.roomId)).toBe(true);
  });

  test("waits for what the cloud has not ended yet", async () => {
    const { roomId, left } = await roomOver(40);
    await run(sql`UPDATE cloud_cleanups SET done_at = NULL WHERE room_id = ${roomId}`);
    granted(await ask({ rooms: 30 }, { confirmed: true }));
    await everything();
    expect(await left()).toEqual({ room: 1, links: 0, people: 0, sent: 0 }); // whatever refers to it holds it back
    await run(sql`UPDATE cloud_cleanups SET done_at = now() WHERE room_id = ${roomId}`);
    await everything();
    expect(await left()).toMatchObject({ room: 0 });
  });

  test("is not the application's to delete", async () => {
    const { roomId } = await roomOver(40);
    for (const actor of [admin, system])
      await expect(run(sql`DELETE FROM rooms WHERE id = ${roomId}`, actor)).rejects.toMatchObject({
        cause: { code: "42501" },
      });
  });
});

describe("a call to support that is over", () => {
  /** Over so many days ago, rated, noted of at a desk, and asked about; null: still open. */
  async function called(daysAgo: number | null, { settled = true, visitToo = false } = {}) {
    const { customer } = await makeCaller(deps.db);
    const [callId, contact, agent] = [randomUUID(), randomUUID(), randomUUID()];
    const at = new Date(Date.now() - (daysAgo ?? 400) * 86_400_000).toISOString();
    const endedAt = daysAgo === null ? null : at;
    await run(sql`INSERT INTO staff (id, email, role, first_name, last_name, time_zone)
      VALUES (${agent}, ${`${agent}@example.test`}, 'agent', 'Noah', 'B', 'America/New_York')`);
    await run(sql`INSERT INTO support_calls
      (id, customer_id, route, signed_in_at, created_at, context_expires_at, connected_at, ended_at, end_reason, settled_at, looked_at)
      VALUES (${callId}, ${customer.id}, 'webrtc', ${at}::timestamptz, ${at}::timestamptz, ${at}::timestamptz, ${at}::timestamptz,
        ${endedAt}::timestamptz, ${endedAt && "over"}, ${settled ? endedAt : null}::timestamptz, ${at}::timestamptz)`);
    if (endedAt)
      await run(
        sql`INSERT INTO support_call_ratings (call_id, stars, rated_at) VALUES (${callId}, 4, ${at}::timestamptz)`,
        customer,
      );
    await run(sql`INSERT INTO desk_contacts (contact_id, staff_id, came_at, left_at)
      VALUES (${contact}, ${agent}, ${at}::timestamptz, ${endedAt}::timestamptz)`);
    await run(sql`INSERT INTO desk_questions (id, contact_id, staff_id, name_hash, asked, at)
      VALUES (${randomUUID()}, ${contact}, ${agent}, ${Buffer.alloc(32, 1)}, ARRAY['phone'], ${at}::timestamptz)`);
    if (visitToo) {
      const { visitId } = await makeVisit(deps, { inMinutes: 5 });
      await run(sql`UPDATE video_visits SET connect_contact_id = ${contact} WHERE id = ${visitId}`);
    }
    return async () => {
      const [row] =
        await run(sql`SELECT (SELECT count(*)::int FROM support_calls WHERE id = ${callId}) AS call,
        (SELECT count(*)::int FROM desk_contacts WHERE contact_id = ${contact}) AS desk,
        (SELECT count(*)::int FROM desk_questions WHERE contact_id = ${contact}) AS asked`);
      const rated = await run(sql`SELECT FROM support_call_ratings WHERE call_id = ${callId}`, customer);
      return { ...row, rated: rated.length };
    };
  }
  const all = { call: 1, desk: 1, asked: 1, rated: 1 };

  test("goes with its rating, what agents noted and what was asked; young and open ones stay, and what the cloud has not ended", async () => {
    const [old, young] = [await called(100), await called(20)];
    const [open, unsettled, visit] = [
      await called(null),
      await called(100, { settled: false }),
      await called(100, { visitToo: true }),
    ];
    expect(await ask({ support: 30 })).toMatchObject({
      error: { code: "RETENTION_UNCONFIRMED", wouldGo: { support: expect.any(Number) } },
    });
    await everything();
    expect(await old()).toEqual(all);
    granted(await ask({ support: 30 }, { confirmed: true }));
    await everything();
    expect(await old()).toEqual({ call: 0, desk: 0, asked: 0, rated: 0 });
    expect(await young()).toEqual(all);
    expect(await open()).toMatchObject({ call: 1, desk: 1 });
    expect(await unsettled()).toMatchObject({ call: 1, rated: 1 });
    // What was noted of a visit belongs to the visit.
    expect(await visit()).toMatchObject({ call: 0, desk: 1 });
  });

  test("is not the application's to delete", async () => {
    for (const actor of [admin, system])
      await expect(run(sql`DELETE FROM support_calls`, actor)).rejects.toMatchObject({
        cause: { code: "42501" },
      });
  });
});

describe("how long", () => {
  test("is counted first where something would go at once, and saved when that is confirmed", async () => {
    await written(300);
    const asked = await ask({ calls: 180 });
    expect(asked).toMatchObject({
      ok: false,
      error: { code: "RETENTION_UNCONFIRMED", wouldGo: { calls: expect.any(Number) } },
    });
    expect(granted(await readRetention(deps, { actor: admin }))).toEqual(keptForever);
    granted(await ask({ calls: 180 }, { confirmed: true }));
    expect(granted(await readRetention(deps, { actor: admin })).calls).toBe(180);
    await everything();
    // Nothing is left to go: no question.
    granted(await ask({ calls: 200 }));
  });

  test("is nothing below a kind's floor, whatever is confirmed, and whoever writes it into the table", async () => {
    for (const kind of retentionKinds) {
      const days = floors[kind] - 1;
      for (const wrong of [days, 7_301, 1.5, Number.NaN])
        expect(await ask({ [kind]: wrong }, { confirmed: true })).toEqual({
          ok: false,
          error: { code: "INPUT_INVALID", fields: [kind] },
        });
      await expect(
        run(
          sql`INSERT INTO retention (kind, days, updated_at, updated_by) VALUES (${kind}, ${days}, now(), 'x')`,
          admin,
        ),
      ).rejects.toMatchObject({ cause: { code: "23514" } });
    }
  });

  test("is an administrator's to say and to read, and nobody else's", async () => {
    for (const role of ["scheduler", "clinician", "agent", "auditor"] as const) {
      const actor = person(randomUUID(), role);
      expect(await ask({ words: 1 }, { actor, confirmed: true })).toEqual({
        ok: false,
        error: { code: "FORBIDDEN" },
      });
      expect((await readRetention(deps, { actor })).ok).toBe(false);
      await expect(run(sql`SELECT retention_count('chat', 1, 1)`, actor)).rejects.toMatchObject({
        cause: { code: "42501" },
      });
    }
    await expect(run(sql`SELECT * FROM retention_sweep(1)`, admin)).rejects.toMatchObject({
      cause: { code: "42501" },
    });
  });
});
