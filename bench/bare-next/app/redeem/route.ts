import { createPublicKey, type KeyObject } from "node:crypto";
import { jwtVerify } from "jose";
import postgres from "postgres";

let opened: { sql: postgres.Sql; key: KeyObject } | undefined;

function open() {
  opened ??= {
    sql: postgres(process.env.BENCH_DATABASE_URL ?? "", { max: 10 }),
    key: createPublicKey(Buffer.from(process.env.BENCH_PUBLIC_KEY ?? "", "base64").toString("utf8")),
  };
  return opened;
}

/** The anchor for redeem through HTTP: verify an ES256 token and spend a row, with nothing of ours around it. */
export async function POST(request: Request) {
  const { sql, key } = open();
  const { token } = (await request.json()) as { token: string };
  const { payload } = await jwtVerify(token, key, { algorithms: ["ES256"] });
  const spent =
    await sql`UPDATE bench_tokens SET usage_count = usage_count + 1 WHERE id = ${payload.jti ?? ""} AND usage_count = 0 RETURNING id`;
  return Response.json({ spent: spent.length }, { status: spent.length ? 200 : 409 });
}
