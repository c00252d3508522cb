import { sql } from "drizzle-orm";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import type { Actor } from "@/lib/kernel/actor";
import { settingsOf } from "./actor-settings";
import * as schema from "./schema";

/** A transaction of drizzle's on postgres.js, already bound to an actor. Raw SQL: ``tx.execute(sql`…`)``; pass times as ISO strings there. */
export type Tx = Parameters<Parameters<PostgresJsDatabase<typeof schema>["transaction"]>[0]>[0];

/**
 * SECURITY DEFINER functions that do one whole thing in one statement, so that they need neither an actor nor a transaction around them.
 * Called this way, any other SQL would see no person's row.
 */
const steps = {
  voucher_find: ["uuid", "bytea[]"],
  voucher_redeem: ["uuid", "bytea[]", "bytea[]", "uuid", "bytea[]", "text", "text", "boolean"],
  voucher_open: ["uuid", "text", "text"],
  voucher_look: ["uuid"],
  room_invite_find: ["uuid", "bytea[]"],
  room_invite_redeem: ["uuid", "bytea[]", "bytea[]", "uuid", "bytea[]", "text", "text", "boolean"],
  room_invite_open: ["uuid", "text", "text"],
  audit_append: ["text", "uuid", "uuid", "text", "text", "text", "text", "jsonb", "boolean", "text"],
  audit_prepare_partitions: ["integer"],
  caller_verify: ["uuid", "uuid", "text"],
  account_verify: ["text", "bytea[]", "bytea[]"],
} as const;
type OneStep = keyof typeof steps;
/** Its answer is one composite value: read as a table it would cost a table, a fifteenth of the call. */
const composite: ReadonlySet<string> = new Set<OneStep>(["voucher_redeem"]);
const statements = Object.fromEntries(
  Object.entries(steps).map(([step, types]) => {
    const call = `${step}(${types.map((type, index) => `$${index + 1}::${type}`).join(", ")})`;
    const text = composite.has(step)
      ? `SELECT (answer.value).* FROM (SELECT ${call} AS value OFFSET 0) AS answer` // OFFSET 0: called once, not once for each column
      : `SELECT * FROM ${call}`;
    return [step, text];
  }),
) as Record<OneStep, string>;
export type Argument = string | number | boolean | Buffer | null | Buffer[];

/** The shape of node-postgres that rate-limiter-flexible calls. */
export type RateLimitStore = {
  query(query: {
    name?: string;
    text: string;
    values?: unknown[];
  }): Promise<{ rows: unknown[]; rowCount: number }>;
};

/** The only way to the database: as somebody. */
export type Db = {
  /** Runs `work` in one transaction as `actor`. Commits when it returns, rolls back when it throws. */
  asActor<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** One statement, prepared, committed at once: the hot paths. Rows come back with snake_case names and times as text. */
  call<Row extends Record<string, unknown>>(step: OneStep, args: readonly Argument[]): Promise<Row[]>;
  /** Calls `heard` for each NOTIFY, on a connection of its own that comes back by itself. `restored` runs after every (re)connection. */
  listen(
    channel: string,
    heard: (payload: string) => void,
    restored?: () => void,
  ): Promise<() => Promise<void>>;
  rateLimitStore: RateLimitStore;
  close(): Promise<void>;
};

export type OpenDb = {
  max?: number;
  log?: { warn(facts: object, message: string): void };
  applicationName?: string;
  /** Told every statement of a transaction before it runs, with what is bound to it: for measuring. Parameters may be anybody's data: never log them. */
  seen?: (text: string, params: unknown[]) => void;
};

/**
 * Opens a pool as the application role. Lazy: connects at first use, and refuses to work (a fault) if commits would not be durable,
 * for then a spent voucher could come back after a crash.
 */
export function openDb(url: string, { max = 10, log, applicationName = "vouchsafe", seen }: OpenDb = {}): Db {
  const client = postgres(url, {
    max,
    idle_timeout: 60,
    // Arrays go as text. Asking for their types would cost each connection a query, whose failure nobody could catch.
    fetch_types: false,
    connect_timeout: 10,
    onnotice: (notice) => log?.warn({ notice: notice.message }, "database notice"),
    connection: {
      application_name: applicationName,
      statement_timeout: 15_000,
      idle_in_transaction_session_timeout: 30_000,
    },
  });
  const db = drizzle(preparing(client), { schema, logger: seen ? { logQuery: seen } : false });
  let durable: Promise<void> | null = null;
  const ready = () => {
    durable ??= assertDurable(client).catch((error: unknown) => {
      durable = null; // the next caller looks again: the database may only have been away
      throw error;
    });
    return durable;
  };

  return {
    async asActor(actor, work) {
      await ready();
      const as = settingsOf(actor);
      return db.transaction(async (tx) => {
        await tx.execute(sql`SELECT set_config('rls.user_id', ${as.userId}, true), set_config('rls.patient_id', ${as.patientId}, true),
          set_config('rls.role', ${as.role}, true), set_config('rls.link', ${as.link}, true)`);
        beforeCommit.set(tx, []);
        const result = await work(tx);
        await runBeforeCommit(tx);
        return result;
      });
    },
    async call<Row extends Record<string, unknown>>(step: OneStep, args: readonly Argument[]) {
      await ready();
      return await client.unsafe<Row[]>(statements[step], args.map(encode), { prepare: true });
    },
    async listen(channel, heard, restored) {
      const subscription = await client.listen(channel, heard, restored);
      return () => subscription.unlisten();
    },
    rateLimitStore: {
      async query({ text, values = [] }) {
        if (!text.includes("rate_limits"))
          throw new Error("rateLimitStore serves the table rate_limits only");
        const rows = await client.unsafe(text, values as Argument[], { prepare: true });
        return { rows: [...rows], rowCount: rows.count };
      },
    },
    close: () => client.end({ timeout: 5 }),
  };
}

/**
 * Has what drizzle sends prepared once for each connection. Otherwise each statement with parameters is asked about first and sent then: two
 * round trips, and parsed anew.
 */
function preparing<Client extends postgres.Sql | postgres.TransactionSql>(client: Client): Client {
  const within = (run: (own: postgres.TransactionSql) => unknown) => (own: postgres.TransactionSql) =>
    run(preparing(own));
  return new Proxy(client, {
    get(target, key, receiver) {
      if (key === "unsafe")
        return (text: string, args?: Argument[]) => target.unsafe(text, args, { prepare: true });
      if (key === "begin" && "begin" in target)
        return (run: Parameters<typeof within>[0]) => target.begin(within(run));
      if (key === "savepoint" && "savepoint" in target)
        return (run: Parameters<typeof within>[0]) => target.savepoint(within(run));
      return Reflect.get(target, key, receiver);
    },
  });
}

/** `synchronous_commit` weaker than `on` loses the last commits in a crash (bars.md: spent tokens became reusable). */
async function assertDurable(client: postgres.Sql): Promise<void> {
  const [row] = await client<{ commit: string }[]>`SELECT current_setting('synchronous_commit') AS commit`;
  if (row?.commit !== "on" && row?.commit !== "remote_apply")
    throw new Error(
      `The database must run with synchronous_commit=on, not ${row?.commit}: a spent voucher could come back after a crash`,
    );
}

/** A list of bytes as Postgres' array text. */
function encode(argument: Argument): Exclude<Argument, Buffer[]> {
  if (!Array.isArray(argument)) return argument;
  return `{${argument.map((bytes) => `"\\\\x${bytes.toString("hex")}"`).join(",")}}`;
}

const beforeCommit = new WeakMap<Tx, Array<() => Promise<void>>>();

/**
 * Runs `work` last in `tx`, just before its commit, in the order given; if it throws, nothing commits.
 * @returns false when `tx` is not one that `asActor` opened (a savepoint): then do it now, since it may roll back alone.
 */
export function atCommit(tx: Tx, work: () => Promise<void>): boolean {
  const queue = beforeCommit.get(tx);
  queue?.push(work);
  return queue !== undefined;
}

async function runBeforeCommit(tx: Tx): Promise<void> {
  for (const work of beforeCommit.get(tx) ?? []) await work();
}
