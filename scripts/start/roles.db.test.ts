import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";

let app: postgres.Sql;

beforeAll(() => {
  app = postgres(process.env.TEST_DATABASE_URL ?? "", { max: 1 });
});
afterAll(() => app.end());

test("the application's role owns nothing, bypasses nothing and creates nothing", async () => {
  const [role] = await app`
    SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user`;
  expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false });
  const owned = await app`SELECT relname FROM pg_class WHERE relowner = current_user::regrole`;
  expect(owned).toHaveLength(0);
  await expect(app`CREATE TABLE mine (id int)`).rejects.toThrow(/permission denied/);
});

test("a commit that was answered survives a power cut: synchronous_commit is on", async () => {
  const [row] = await app`SELECT current_setting('synchronous_commit') AS setting`;
  expect(row?.setting).toBe("on");
});
