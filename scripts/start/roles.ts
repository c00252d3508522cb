import postgres from "postgres";

export const databaseName = "vouchsafe";
export const ownerRole = "vouchsafe_owner";
export const appRole = "vouchsafe_app";

/**
 * Makes the database and its two roles, or puts them right again: an owner that migrates, and the application's
 * role, which owns nothing and is bound by row-level security. Idempotent.
 *
 * @param superuserUrl to the server's `postgres` database; the passwords are set anew each time.
 */
export async function ensureRoles(
  superuserUrl: string,
  passwords: { owner: string; app: string },
): Promise<void> {
  const sql = postgres(superuserUrl, { max: 1, onnotice: () => {} });
  try {
    // CREATEDB lets the test suites make databases of their own; the owner of an external database needs none.
    await ensureRole(sql, ownerRole, "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE CREATEDB", passwords.owner);
    await ensureRole(
      sql,
      appRole,
      "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOINHERIT",
      passwords.app,
    );
    const [found] = await sql`SELECT 1 FROM pg_database WHERE datname = ${databaseName}`;
    if (!found) await sql`CREATE DATABASE ${sql(databaseName)} OWNER ${sql(ownerRole)}`;
    await sql`REVOKE ALL ON DATABASE ${sql(databaseName)} FROM PUBLIC`;
    await sql`GRANT CONNECT ON DATABASE ${sql(databaseName)} TO ${sql(appRole)}`;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function ensureRole(
  sql: postgres.Sql,
  role: string,
  attributes: string,
  password: string,
): Promise<void> {
  const [found] = await sql`SELECT 1 FROM pg_roles WHERE rolname = ${role}`;
  // A utility statement takes no parameters; the password is our own base64url, checked before it is put into the text.
  if (!/^[\w-]+$/.test(password))
    throw new Error(`the password of ${role} may only hold letters, digits, _ and -`);
  await sql.unsafe(`${found ? "ALTER" : "CREATE"} ROLE ${role} ${attributes} PASSWORD '${password}'`);
}
