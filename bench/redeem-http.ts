import { generateKeyPairSync, randomUUID, sign } from "node:crypto";
import autocannon from "autocannon";
import postgres from "postgres";
import { openStaffApi } from "../e2e/staff-api";
import type { Started } from "../e2e/started";
import { withTestDatabase } from "../scripts/test/database";
import { clientAddress } from "./addresses";
import { startBareNext } from "./bare-next";
import { type Measured, median } from "./report";

const seconds = 6;
const rounds = 3;

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");

/** The anchor's tokens: the same algorithm and about the same claims as ours. */
function anchorTokens(count: number) {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const tokens = Array.from({ length: count }, () => {
    const id = randomUUID();
    const head = `${encode({ alg: "ES256", typ: "JWT" })}.${encode({ jti: id, sub: randomUUID(), exp: Math.floor(Date.now() / 1000) + 3600 })}`;
    const signature = sign("sha256", Buffer.from(head), { key: privateKey, dsaEncoding: "ieee-p1363" });
    return { id, token: `${head}.${signature.toString("base64url")}` };
  });
  return { tokens, publicKey: publicKey.export({ format: "pem", type: "spki" }).toString() };
}

/** Requests per second that a door answers, all of them 2xx; with p99 in milliseconds. */
async function drive(
  url: string,
  bodies: string[],
  rate?: number,
): Promise<{ perSecond: number; p99Ms: number }> {
  let next = 0;
  const result = await autocannon({
    url,
    method: "POST",
    connections: 8,
    duration: seconds,
    ...(rate ? { overallRate: rate } : {}),
    headers: { "content-type": "application/json" },
    setupClient: (client) => {
      const turn = () => {
        const caller = next++;
        client.setHeadersAndBody(
          { "content-type": "application/json", ...clientAddress(caller % 60_000) },
          bodies[caller % bodies.length] ?? "",
        );
      };
      turn();
      client.on("response", turn);
    },
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} answers were not 2xx, ${result.errors} requests failed`);
  return { perSecond: result.requests.average, p99Ms: result.latency.p99 };
}

/**
 * POST /api/token/redeem (verify ES256, ask the database) beside a bare Next route that verifies with jose and asks the database.
 * Each is driven by 8 connections for a few seconds, in turn.
 */
export async function redeemHttp(started: Started): Promise<Measured[]> {
  return withTestDatabase(async (database) => {
    const { tokens, publicKey } = anchorTokens(60_000);
    const sql = postgres(database.TEST_ADMIN_DATABASE_URL ?? "", { max: 1 });
    await sql`CREATE TABLE bench_tokens (id uuid PRIMARY KEY, usage_count int NOT NULL DEFAULT 0)`;
    await sql`INSERT INTO bench_tokens (id) SELECT * FROM unnest(${tokens.map(({ id }) => id)}::uuid[])`;
    const bare = await startBareNext({
      BENCH_DATABASE_URL: database.TEST_ADMIN_DATABASE_URL ?? "",
      BENCH_PUBLIC_KEY: Buffer.from(publicKey).toString("base64"),
    });
    try {
      const ours = await ourTokens(started, 20);
      const anchors: number[] = [];
      const figures: number[] = [];
      const share = Math.floor(tokens.length / (rounds + 1));
      for (let round = 0; round < rounds; round++) {
        const fresh = tokens
          .slice(round * share, (round + 1) * share)
          .map(({ token }) => JSON.stringify({ token }));
        anchors.push((await drive(`${bare.url}/redeem`, fresh)).perSecond);
        figures.push((await drive(`${started.appUrl}/api/token/redeem`, ours)).perSecond);
      }
      const calm = await drive(`${started.appUrl}/api/token/redeem`, ours, 100);
      return [
        {
          name: "redeem (look) through HTTP",
          ours: median(figures),
          anchor: { name: "bare Next route", value: median(anchors) },
          limit: 0.9 * median(anchors),
          unit: "req/s",
          higherIsBetter: true,
        },
        { name: "redeem (look) through HTTP, p99 at 100 req/s", ours: calm.p99Ms, limit: 25, unit: "ms" },
      ];
    } finally {
      await bare.stop();
      await sql.end();
    }
  });
}

/** Live tokens of as many visits, as request bodies. */
async function ourTokens(started: Started, count: number): Promise<string[]> {
  const api = await openStaffApi(started, "scheduler");
  const bodies: string[] = [];
  for (let visit = 0; visit < count; visit++) {
    const { visitId } = await api.call("POST", "/api/visits", {
      patientId: "aaaaaaaa-0000-4000-8000-000000000001",
      clinicianId: "bbbbbbbb-0000-4000-8000-000000000001",
      scheduledAt: new Date(Date.now() + (10_000 + visit * 15) * 60_000).toISOString(),
      duration: 10,
      channel: "both",
    });
    const links = (await api.call("POST", `/api/visits/${visitId}/links`, { roles: ["patient"] })) as {
      patient: { token: string };
    };
    bodies.push(JSON.stringify({ token: links.patient.token }));
  }
  return bodies;
}
