import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { migratedDatabase } from "./migrated-database";

/**
 * The suite's database: `npm test -- db` starts one and sets all three. `owner` owns the tables, `app` is what the
 * product runs as, `superuser` takes databases away again.
 */
function testUrls(): { app: string; owner: string; superuser: string } {
  const {
    TEST_DATABASE_URL: app,
    TEST_ADMIN_DATABASE_URL: owner,
    TEST_SUPERUSER_DATABASE_URL: superuser,
  } = process.env;
  if (!app || !owner || !superuser)
    throw new Error("TEST_…DATABASE_URL of app, owner (ADMIN) and superuser are set by npm test -- db");
  return { app, owner, superuser };
}

/**
 * A migrated database of a test's own, for tests that damage things; `drop` takes it away. The superuser does that: the
 * owner may not end an autovacuum worker that happens to be at work in it, and would be refused.
 */
export async function freshDatabase(): Promise<{ app: string; owner: string; drop(): Promise<void> }> {
  const urls = testUrls();
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await statement(urls.owner, `CREATE DATABASE ${name} TEMPLATE ${migratedDatabase}`);
  const [app, owner] = [inDatabase(urls.app, name), inDatabase(urls.owner, name)];
  return { app, owner, drop: () => statement(urls.superuser, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function statement(url: string, text: string): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => undefined });
  await client.unsafe(text).finally(() => client.end());
}

function inDatabase(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}
