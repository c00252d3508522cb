import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Db, openDb } from "@/db/as-actor";
import { system } from "@/db/testing/people";
import { freshDatabase } from "@/db/testing/test-database";
import { verifyAudit } from "@/lib/audit/verify";
import { frozenClock } from "@/lib/kernel/clock";
import { SealBroken } from "@/lib/ports/cipher";
import { n } from "./fixtures/p256";
import { inspectCode, inspectToken } from "./inspect";
import { markOpened } from "./mark-opened";
import { type Presented, redeemVoucher } from "./redeem";
import { resolveCode } from "./resolve-code";
import { revokeVouchers } from "./revoke";
import { sweepExpired } from "./sweep-expired";
import { issueOne, origin, type VoucherTestDeps, voucherDeps } from "./testing";

let database: Awaited<ReturnType<typeof freshDatabase>>;
let db: Db;
let deps: VoucherTestDeps;
beforeAll(async () => {
  database = await freshDatabase();
  db = openDb(database.app, { max: 16 });
  deps = await voucherDeps(db);
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

const redeem = (presented: Omit<Presented, "origin"> & ({ token: string } | { code: string }), as = deps) =>
  redeemVoucher(as, { origin, ...presented } as Presented);
const eventsOf = (tokenId: string) =>
  db.asActor(system, async (tx) =>
    (
      await tx.execute<{ event_type: string }>(
        sql`SELECT event_type FROM audit_log WHERE token_id = ${tokenId} ORDER BY seq`,
      )
    ).map((row) => row.event_type),
  );
/** Moves a voucher's times, which only the owner can. */
async function shift(tokenId: string, seconds: number): Promise<void> {
  const owner = openDb(database.owner, { max: 1 });
  await owner.asActor(system, (tx) =>
    tx.execute(
      sql`UPDATE vouchers SET issued_at = issued_at + ${seconds} * interval '1 second', expires_at = expires_at + ${seconds} * interval '1 second' WHERE id = ${tokenId}`,
    ),
  );
  await owner.close();
}

describe("a link is spent once", () => {
  test("of 64 who tap at the same moment exactly one gets in, twenty times over", async () => {
    for (let round = 0; round < 20; round++) {
      const { token, code, tokenId } = await issueOne(deps);
      const answers = await Promise.all(
        Array.from({ length: 64 }, (_, index) =>
          redeem({ ...(index % 2 ? { token } : { code }), holder: `browser ${index}` }),
        ),
      );
      expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
      for (const answer of answers) if (!answer.ok) expect(answer.error.code).toBe("TOKEN_REUSED");
      expect((await eventsOf(tokenId)).filter((event) => event === "TOKEN_REDEEMED")).toHaveLength(1);
    }
  });

  test("64 taps in one browser all get in, and only the first spends", async () => {
    const { code, tokenId } = await issueOne(deps);
    const answers = await Promise.all(Array.from({ length: 64 }, () => redeem({ code, holder: "mine" })));
    expect(answers.every((answer) => answer.ok)).toBe(true);
    expect(answers.filter((answer) => answer.ok && answer.value.first)).toHaveLength(1);
    expect((await eventsOf(tokenId)).filter((event) => event === "TOKEN_REDEEMED")).toHaveLength(1);
  });

  test("many links of one visit, spent at the same moment, are all spent and all recorded, though they share a chain", async () => {
    const { visitId } = await issueOne(deps);
    const links = await Promise.all(Array.from({ length: 48 }, () => issueOne(deps, { visitId })));
    const answers = await Promise.all(
      links.map(({ code }, index) => redeem({ code, holder: `browser ${index}` })),
    );
    expect(answers.every((answer) => answer.ok && answer.value.first)).toBe(true);
    for (const { tokenId } of links)
      expect(await eventsOf(tokenId)).toEqual(["TOKEN_ISSUED", "TOKEN_REDEEMED"]);
    expect((await verifyAudit({ db })).findings).toEqual([]);
  });

  test("nothing is spent that cannot be recorded", async () => {
    const { code, visitId } = await issueOne(deps);
    const owner = openDb(database.owner, { max: 1 });
    const stream = Number.parseInt(visitId.slice(-2), 16);
    const setHead = (from: number, to: number) =>
      owner.asActor(system, (tx) =>
        tx.execute(sql`UPDATE audit_heads SET stream = ${to} WHERE stream = ${from}`),
      );
    await setHead(stream, 999);
    await expect(redeem({ code, holder: "mine" })).rejects.toThrow("lost its head");
    await setHead(999, stream);
    await owner.close();
    expect(await redeem({ code, holder: "mine" })).toMatchObject({ ok: true, value: { first: true } });
  });

  test("the token's twin with (r, n−s) is the same voucher: no second use", async () => {
    const { token } = await issueOne(deps);
    expect((await redeem({ token, holder: "first" })).ok).toBe(true);
    const [head, body, tail] = token.split(".") as [string, string, string];
    const signature = Buffer.from(tail, "base64url");
    const s = n - BigInt(`0x${signature.subarray(32).toString("hex")}`);
    const twin = Buffer.concat([
      signature.subarray(0, 32),
      Buffer.from(s.toString(16).padStart(64, "0"), "hex"),
    ]).toString("base64url");
    expect(await redeem({ token: `${head}.${body}.${twin}`, holder: "second" })).toMatchObject({
      ok: false,
      error: { code: "TOKEN_REUSED" },
    });
  });

  test("who answers and who asks are recorded, with address and browser", async () => {
    const { code } = await issueOne(deps);
    const answer = await redeem({ code: code.toUpperCase(), holder: "mine" });
    expect(answer).toMatchObject({
      ok: true,
      value: { first: true, voucher: { redemptionIp: origin.ip, redemptionUa: origin.userAgent } },
    });
  });

  test("looking at it, however often, spends nothing", async () => {
    const { code, token, tokenId } = await issueOne(deps);
    for (let look = 0; look < 20; look++) {
      expect((await inspectCode(deps, code, deps.clock.now())).ok).toBe(true);
      expect((await inspectToken(deps, token, deps.clock.now())).ok).toBe(true);
      await markOpened(deps, tokenId, origin);
    }
    expect(await eventsOf(tokenId)).toEqual(["TOKEN_ISSUED", "TOKEN_OPENED"]);
    expect((await redeem({ code, holder: "mine" })).ok).toBe(true);
  });

  test("connections that die in the middle lose nothing that was answered, and strand nobody", async () => {
    const links = await Promise.all(Array.from({ length: 24 }, () => issueOne(deps)));
    const doomed = openDb(database.app, { max: 8, applicationName: "doomed" });
    await doomed.call("voucher_find", [randomUUID(), []]);
    const kill = () =>
      db.asActor(system, (tx) =>
        tx.execute(
          sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'doomed' AND datname = current_database()`,
        ),
      );
    const first = links.map(({ code }) => redeem({ code, holder: "mine" }, { ...deps, db: doomed }));
    const [answers] = await Promise.all([Promise.allSettled(first), kill(), kill(), kill()]);
    for (const [index, { code, tokenId }] of links.entries()) {
      if (answers[index]?.status === "fulfilled")
        expect(await redeem({ code, holder: "thief" })).toMatchObject({ error: { code: "TOKEN_REUSED" } });
      expect((await redeem({ code, holder: "mine" })).ok).toBe(true);
      expect((await eventsOf(tokenId)).filter((event) => event === "TOKEN_REDEEMED")).toHaveLength(1);
    }
    await doomed.close();
  });
});

describe("the same browser", () => {
  test("may come back, even after the link's time, until the link is revoked", async () => {
    const { token, code, visitId, tokenId } = await issueOne(deps);
    await redeem({ code, holder: "mine" });
    await shift(tokenId, -7200);
    expect(await redeem({ code, holder: "mine" })).toMatchObject({ ok: true, value: { first: false } });
    expect(await redeem({ token, holder: "mine" })).toMatchObject({ ok: true, value: { first: false } });
    expect(await redeem({ code, holder: "other" })).toMatchObject({ error: { code: "TOKEN_REUSED" } });
    await db.asActor(system, (tx) =>
      revokeVouchers(deps, tx, { visitId, reason: "ended", actor: system, includeRedeemed: true }),
    );
    expect(await redeem({ code, holder: "mine" })).toMatchObject({ error: { code: "TOKEN_REVOKED" } });
  });

  test("without a secret of its own it cannot come back", async () => {
    const { code } = await issueOne(deps);
    expect((await redeem({ code, holder: "" })).ok).toBe(true);
    expect(await redeem({ code, holder: "" })).toMatchObject({ error: { code: "TOKEN_REUSED" } });
  });

  test("may move from Wi-Fi to the mobile network, unless the clinic binds links strictly", async () => {
    const { code } = await issueOne(deps);
    const elsewhere = { ip: "203.0.113.9", userAgent: origin.userAgent };
    await redeem({ code, holder: "mine" });
    expect((await redeemVoucher(deps, { code, holder: "mine", origin: elsewhere })).ok).toBe(true);
    const strict = { ...deps, env: { ...deps.env, JOIN_BINDING: "strict" as const } };
    expect(await redeemVoucher(strict, { code, holder: "mine", origin: elsewhere })).toMatchObject({
      error: { code: "TOKEN_REUSED" },
    });
    expect((await redeemVoucher(strict, { code, holder: "mine", origin })).ok).toBe(true);
  });
});

describe("what is refused, spends nothing", () => {
  test("after its time, to the second and by the database's clock", async () => {
    const { code, token, tokenId } = await issueOne(deps);
    await shift(tokenId, -1201);
    for (const given of [{ code }, { token }])
      expect(await redeem({ ...given, holder: "mine" })).toMatchObject({ error: { code: "TOKEN_EXPIRED" } });
  });

  test("before its time by more than two minutes", async () => {
    const { code, tokenId } = await issueOne(deps);
    const owner = openDb(database.owner, { max: 1 });
    await owner.asActor(system, (tx) =>
      tx.execute(sql`UPDATE vouchers SET not_before = now() + interval '121 seconds' WHERE id = ${tokenId}`),
    );
    await owner.close();
    expect(await redeem({ code, holder: "mine" })).toMatchObject({ error: { code: "TOKEN_NOT_YET_VALID" } });
    expect(await inspectCode(deps, code, new Date())).toMatchObject({
      error: { code: "TOKEN_NOT_YET_VALID" },
    });
  });

  test("for another visit than its own", async () => {
    const { code, token } = await issueOne(deps);
    expect(await redeem({ token, holder: "mine", visitId: randomUUID() })).toEqual({
      ok: false,
      error: { code: "TOKEN_INVALID" },
    });
    expect(await redeem({ code, holder: "mine", visitId: randomUUID() })).toEqual({
      ok: false,
      error: { code: "CODE_UNKNOWN" },
    });
    expect(await redeem({ code, holder: "mine" })).toMatchObject({ ok: true, value: { first: true } });
  });

  test("a revoked link, used or not; and a revoked link is not resolved", async () => {
    const { code, visitId } = await issueOne(deps);
    const { revoked } = await db.asActor(system, (tx) =>
      revokeVouchers(deps, tx, { visitId, reason: "cancelled", actor: system }),
    );
    expect(revoked).toHaveLength(1);
    expect(await redeem({ code, holder: "mine" })).toMatchObject({ error: { code: "TOKEN_REVOKED" } });
    expect(await inspectCode(deps, code, new Date())).toMatchObject({ error: { code: "TOKEN_REVOKED" } });
    expect(await resolveCode(deps, code)).toMatchObject({ error: { code: "TOKEN_REVOKED" } });
  });

  test("an unknown code, a malformed one, a stranger's token: one answer each, with nothing to learn from", async () => {
    for (const code of ["00000000", "zzzzzzzz", "not a code", "", "\u0000"])
      expect(await redeem({ code, holder: "mine" }), code).toEqual({
        ok: false,
        error: { code: "CODE_UNKNOWN" },
      });
    const { token } = await issueOne(deps);
    const stranger = await issueOne({
      ...deps,
      signer: (await voucherDeps(db, deps.clock, deps.keyring)).signer,
    });
    for (const other of [stranger.token, `${token}=`, ` ${token}`, `${token}\n`, token.slice(0, -1), ""])
      expect(await redeem({ token: other, holder: "mine" })).toEqual({
        ok: false,
        error: { code: "TOKEN_INVALID" },
      });
  });

  test("revoking one party's unused links leaves the other's and the used ones", async () => {
    const { code, visitId, tokenId } = await issueOne(deps);
    const clinician = await issueOne(deps, { visitId, party: "clinician" });
    const kept = await issueOne(deps, { visitId });
    await redeem({ code, holder: "mine" });
    const unused = await issueOne(deps, { visitId });
    const { revoked } = await db.asActor(system, (tx) =>
      revokeVouchers(deps, tx, {
        visitId,
        party: "patient",
        except: kept.tokenId,
        reason: "resent",
        actor: system,
      }),
    );
    expect(revoked).toEqual([unused.tokenId]);
    expect(revoked).not.toContain(tokenId);
    expect((await redeem({ code: clinician.code, holder: "jane" })).ok).toBe(true);
    expect(await eventsOf(unused.tokenId)).toEqual(["TOKEN_ISSUED", "TOKEN_REVOKED"]);
  });
});

describe("a look", () => {
  const issuedAt = "2026-11-21T15:00:00Z";
  const link = async () => {
    const clock = frozenClock(issuedAt);
    const issued = await issueOne({ ...deps, clock });
    const at = (seconds: number) => new Date(clock.now().getTime() + seconds * 1000);
    const both = async (seconds: number) => [
      await inspectCode(deps, issued.code, at(seconds)),
      await inspectToken(deps, issued.token, at(seconds)),
    ];
    return { ...issued, both };
  };

  test("119 s after its time a link still looks well; 121 s after, it is expired", async () => {
    const { both } = await link();
    for (const seen of await both(1200 + 119)) expect(seen.ok).toBe(true);
    for (const seen of await both(1200 + 121))
      expect(seen).toMatchObject({ error: { code: "TOKEN_EXPIRED" } });
  });

  test("121 s before nbf a token is not yet valid, 119 s before it is", async () => {
    const { both } = await link();
    const [code, token] = await both(-120 - 119);
    expect(code?.ok).toBe(true);
    expect(token).toMatchObject({ error: { code: "TOKEN_INVALID" } }); // issued 239 s in the future: no clock of ours is that wrong
    for (const seen of await both(-119)) expect(seen.ok).toBe(true);
    expect((await both(-120 - 121))[0]).toMatchObject({ error: { code: "TOKEN_NOT_YET_VALID" } });
  });

  test("the database's expiry wins when it is the earlier", async () => {
    const { tokenId, token } = await link();
    await shift(tokenId, -600);
    expect(await inspectToken(deps, token, new Date(Date.parse(issuedAt) + 800_000))).toMatchObject({
      error: { code: "TOKEN_EXPIRED" },
    });
  });

  test("tells a used link from one's own used link", async () => {
    const { code } = await issueOne(deps);
    await redeem({ code, holder: "mine" });
    expect((await inspectCode(deps, code, new Date(), "mine")).ok).toBe(true);
    expect(await inspectCode(deps, code, new Date(), "other")).toMatchObject({
      error: { code: "TOKEN_REUSED" },
    });
    expect(await inspectCode(deps, code, new Date(), "")).toMatchObject({ error: { code: "TOKEN_REUSED" } });
    expect(await inspectCode(deps, code, new Date())).toMatchObject({
      ok: true,
      value: { redeemedAt: expect.any(Date) },
    });
  });
});

test("a code resolves to its token, and without the code the token cannot be opened", async () => {
  const { code, token, tokenId } = await issueOne(deps);
  expect(await resolveCode(deps, code)).toMatchObject({ ok: true, value: { token } });
  expect(await resolveCode(deps, "00000000")).toEqual({ ok: false, error: { code: "CODE_UNKNOWN" } });
  const [row] = await db.call<{ sealed_token: Buffer }>("voucher_find", [tokenId, []]);
  expect(() => deps.keyring.unseal("voucher-token", row!.sealed_token, tokenId)).toThrow(SealBroken);
});

test("links that ran out unused are noted once, by however many workers; used and revoked ones are not", async () => {
  const [unused, used] = [await issueOne(deps), await issueOne(deps)];
  await redeem({ code: used.code, holder: "mine" });
  for (const { tokenId } of [unused, used]) await shift(tokenId, -7200);
  await Promise.all([sweepExpired(deps), sweepExpired(deps), sweepExpired(deps)]);
  while ((await sweepExpired(deps)) > 0);
  expect(await eventsOf(unused.tokenId)).toEqual(["TOKEN_ISSUED", "TOKEN_EXPIRED"]);
  expect(await eventsOf(used.tokenId)).toEqual(["TOKEN_ISSUED", "TOKEN_REDEEMED"]);
});
