import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { type Db, openDb } from "@/db/as-actor";
import { verifyAudit } from "@/lib/audit/verify";
import { type Measured, median, percentile } from "./report";

const connections = 8;
const rounds = 5;
const secondsPerRound = 1.5;
const vouchersPerRound = 30_000;
const [ip, agent] = ["198.51.100.4", "Mozilla/5.0 (bench)"];

/**
 * Redemptions per second in SQL, 8 connections, beside the same table updated bare, and updated with a plain audit row in one
 * statement. In turns within one run: ours must keep 0.8 of the latter (bars.md), although our record is chained.
 * Then 1,000 links, 64 rivals each: exactly one winner each, and a whole chain afterwards.
 *
 * @param adminUrl the tables' owner, of a database made for this. @param appUrl the application's role.
 */
export async function redeemSql(adminUrl: string, appUrl: string): Promise<Measured[]> {
  const owner = postgres(adminUrl, { max: connections, onnotice: () => undefined });
  const db = openDb(appUrl, { max: connections });
  try {
    const visits = await makeVisits(owner);
    await makeAnchors(owner);
    const speeds = { bare: [] as number[], plain: [] as number[], ours: [] as number[] };
    const latencies: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const ids = await makeAnchorRows(owner);
      const vouchers = await makeVouchers(owner, visits, vouchersPerRound);
      const bare = await drive(ids.slice(0, ids.length / 2), (id) => bareUpdate(owner, id));
      const plain = await drive(ids.slice(ids.length / 2), (id) => updateWithRow(owner, id));
      const ours = await drive(vouchers, (id) => redeem(db, id, "holder"));
      speeds.bare.push(bare.perSecond);
      speeds.plain.push(plain.perSecond);
      speeds.ours.push(ours.perSecond);
      latencies.push(...ours.latenciesMs);
    }
    const anchor = median(speeds.plain);
    const race = await raceForEach(owner, appUrl, visits, 1_000, 64);
    const verdict = await verifyAudit({ db });
    return [
      {
        name: "redeem in SQL",
        ours: median(speeds.ours),
        anchor: { name: "UPDATE + plain audit row", value: anchor },
        limit: 0.8 * anchor,
        unit: "/s",
        higherIsBetter: true,
        note: `bare UPDATE ${Math.round(median(speeds.bare))} /s, ours p99 ${percentile(latencies, 0.99).toFixed(1)} ms`,
      },
      {
        name: "links without exactly one winner, of 1,000 × 64 rivals",
        ours: race.wrong,
        limit: 0,
        unit: "links",
        note: `${Math.round(race.perSecond)} attempts/s at 64 connections`,
      },
      {
        name: `broken audit chains after ${verdict.rows} rows`,
        ours: verdict.findings.length,
        limit: 0,
        unit: "chains",
      },
    ];
  } finally {
    await db.close();
    await owner.end();
  }
}

type Outcome = { outcome: "first" | "again" | "reused" };

async function redeem(db: Db, id: string, holder: string): Promise<boolean> {
  const holderHash = Buffer.alloc(32, holder);
  const [row] = await db.call<Outcome>("voucher_redeem", [
    id,
    [],
    null,
    null,
    [holderHash],
    ip,
    agent,
    false,
  ]);
  return row?.outcome === "first";
}

async function bareUpdate(sql: postgres.Sql, id: string): Promise<boolean> {
  const rows =
    await sql`UPDATE bench_tokens SET usage_count = usage_count + 1, redeemed_at = now(), redemption_ip = ${ip}, redemption_ua = ${agent}
    WHERE id = ${id} AND usage_count = 0 AND revoked_at IS NULL AND expires_at > now() RETURNING *`;
  return rows.count === 1;
}

async function updateWithRow(sql: postgres.Sql, id: string): Promise<boolean> {
  const rows = await sql`WITH won AS (
      UPDATE bench_tokens SET usage_count = usage_count + 1, redeemed_at = now(), redemption_ip = ${ip}, redemption_ua = ${agent}
      WHERE id = ${id} AND usage_count = 0 AND revoked_at IS NULL AND expires_at > now() RETURNING *)
    INSERT INTO bench_audit (event_type, visit_id, token_id, ip_address, user_agent)
      SELECT 'TOKEN_REDEEMED', visit_id, id, redemption_ip, redemption_ua FROM won RETURNING token_id`;
  return rows.count === 1;
}

/** Every connection takes the next id as soon as it is free. Stops at the time's end; running out of ids before is a mistake of ours. */
async function drive(ids: string[], spend: (id: string) => Promise<boolean>) {
  const latenciesMs: number[] = [];
  const began = performance.now();
  const until = began + secondsPerRound * 1000;
  let next = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (let at = performance.now(); at < until; ) {
        const id = ids[next++];
        if (!id) throw new Error("the bench ran out of tokens: make more for each round");
        if (!(await spend(id))) throw new Error(`a fresh token was not spent: ${id}`);
        const now = performance.now();
        latenciesMs.push(now - at);
        at = now;
      }
    }),
  );
  return { perSecond: latenciesMs.length / ((performance.now() - began) / 1000), latenciesMs };
}

async function raceForEach(
  owner: postgres.Sql,
  appUrl: string,
  visits: string[],
  links: number,
  rivals: number,
) {
  const ids = await makeVouchers(owner, visits, links);
  const db = openDb(appUrl, { max: rivals });
  try {
    let wrong = 0;
    const began = performance.now();
    for (const id of ids) {
      const won = await Promise.all(
        Array.from({ length: rivals }, (_, index) => redeem(db, id, `rival ${index}`)),
      );
      if (won.filter(Boolean).length !== 1) wrong += 1;
    }
    return { wrong, perSecond: (links * rivals) / ((performance.now() - began) / 1000) };
  } finally {
    await db.close();
  }
}

async function makeVisits(owner: postgres.Sql): Promise<string[]> {
  const [clinician, patient] = [randomUUID(), randomUUID()];
  await owner`INSERT INTO staff (id, email, role, first_name, last_name, time_zone) VALUES (${clinician}, ${`${clinician}@example.com`}, 'clinician', 'Bench', 'Bench', 'UTC')`;
  await owner`INSERT INTO customers (id, first_name, last_name, state, time_zone) VALUES (${patient}, 'Bench', 'Bench', 'NY', 'UTC')`;
  const rows = await owner<{ id: string }[]>`
    INSERT INTO video_visits (id, patient_id, clinician_id, scheduled_at, channel, route, created_by)
    SELECT gen_random_uuid(), ${patient}, ${clinician}, now() + n * interval '1 hour', 'sms', 'meeting', 'bench' FROM generate_series(1, 2000) AS n
    RETURNING id`;
  return rows.map((row) => row.id);
}

async function makeVouchers(owner: postgres.Sql, visits: string[], count: number): Promise<string[]> {
  const rows = await owner<{ id: string }[]>`
    INSERT INTO vouchers (id, kind, visit_id, party, subject, code_hash, nonce_hash, sealed_token, hash_key_id, issued_at, not_before, expires_at, issued_by)
    SELECT id, 'visit-link', (${visits}::uuid[])[1 + n % ${visits.length}::int], 'patient', id, sha256(uuid_send(id)), sha256(uuid_send(id)),
      decode(repeat('ab', 700), 'hex'), id, now(), now(), now() + interval '1 day', 'bench'
    FROM (SELECT gen_random_uuid() AS id, n FROM generate_series(1, ${count}::int) AS n) AS made RETURNING id`;
  await owner`ANALYZE vouchers`;
  return rows.map((row) => row.id);
}

/** The same columns that ours writes, none of our functions, chains, policies or triggers; the owner is bound by nothing. */
async function makeAnchors(owner: postgres.Sql): Promise<void> {
  await owner`CREATE TABLE bench_tokens (id uuid PRIMARY KEY, visit_id uuid, code_hash bytea UNIQUE, sealed_token bytea, expires_at timestamptz,
    usage_count int NOT NULL DEFAULT 0, redeemed_at timestamptz, revoked_at timestamptz, redemption_ip text, redemption_ua text)`;
  await owner`CREATE TABLE bench_audit (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), event_type text, occurred_at timestamptz DEFAULT now(),
    visit_id uuid, token_id uuid, ip_address text, user_agent text, metadata jsonb DEFAULT '{}', success boolean DEFAULT true,
    expires_at timestamptz DEFAULT now() + interval '7 years')`;
  await owner`CREATE INDEX ON bench_audit (visit_id, occurred_at)`;
}

async function makeAnchorRows(owner: postgres.Sql): Promise<string[]> {
  const rows = await owner<{ id: string }[]>`
    INSERT INTO bench_tokens (id, visit_id, code_hash, sealed_token, expires_at)
    SELECT id, id, sha256(uuid_send(id)), decode(repeat('ab', 700), 'hex'), now() + interval '1 day'
    FROM (SELECT gen_random_uuid() AS id FROM generate_series(1, ${2 * vouchersPerRound}::int)) AS made RETURNING id`;
  await owner`ANALYZE bench_tokens`;
  return rows.map((row) => row.id);
}
