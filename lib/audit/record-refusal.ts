import type { Db } from "@/db/as-actor";
import type { Clock } from "@/lib/kernel/clock";
import type { AuditEntry } from "./entry";
import { type AuditRow, toEntry } from "./entry";

/** Per event and reason: this many rows of their own in each window; the rest of the window is counted and becomes one row. */
const rowsPerWindow = 20;
const windowMs = 10_000;

type Window = { startedAt: number; seen: number; last: AuditRow };
type Deps = { db: Db; clock: Clock };
const windows = new WeakMap<Db, Map<string, Window>>();

/**
 * Records what was refused, in a transaction of its own: the refused deed's transaction rolled back or never was.
 * A flood of refusals (somebody guessing) is counted, so that it cannot bury or outgrow the log.
 */
export async function recordRefusal(deps: Deps, entry: AuditEntry): Promise<void> {
  const row = toEntry({ ...entry, success: false });
  const open = windowsOf(deps.db);
  const key = `${row.event} ${row.error ?? ""}`;
  const now = deps.clock.now().getTime();
  const window = open.get(key);
  if (window && now - window.startedAt < windowMs) {
    window.seen += 1;
    window.last = row;
    if (window.seen <= rowsPerWindow) await append(deps.db, row);
    else if (window.seen === rowsPerWindow + 1) sumUpLater(deps, key, window);
    return;
  }
  open.set(key, { startedAt: now, seen: 1, last: row });
  if (window) await sumUp(deps, window);
  await append(deps.db, row);
}

/** Writes the counts of every window at once: for a process that is about to stop, and for tests. */
export async function flushRefusals(deps: Deps): Promise<void> {
  const open = windowsOf(deps.db);
  const all = [...open.values()];
  open.clear();
  for (const window of all) await sumUp(deps, window);
}

function sumUpLater(deps: Deps, key: string, window: Window): void {
  setTimeout(() => {
    const open = windowsOf(deps.db);
    if (open.get(key) !== window) return; // a later refusal, or a flush, has summed it up
    open.delete(key);
    sumUp(deps, window).catch(() => {
      // The database is away. The count lives on with the next window rather than being lost.
      const next = open.get(key);
      if (next) next.seen += window.seen - rowsPerWindow;
      else open.set(key, window);
    });
  }, windowMs).unref();
}

async function sumUp(deps: Deps, window: Window): Promise<void> {
  const more = window.seen - rowsPerWindow;
  if (more <= 0) return;
  const from = new Date(window.startedAt).toISOString();
  // No actor and no origin: the counted refusals had many. What they share is the event and the reason.
  await append(deps.db, {
    ...window.last,
    visit: null,
    token: null,
    actor: null,
    role: "SYSTEM",
    ip: null,
    agent: null,
    metadata: { refusals: more, from, to: deps.clock.now().toISOString() },
  });
}

async function append(db: Db, row: AuditRow): Promise<void> {
  await db.call("audit_append", [
    row.event,
    row.visit,
    row.token,
    row.actor,
    row.role,
    row.ip,
    row.agent,
    JSON.stringify(row.metadata),
    row.success,
    row.error,
  ]);
}

function windowsOf(db: Db): Map<string, Window> {
  const known = windows.get(db);
  if (known) return known;
  const fresh = new Map<string, Window>();
  windows.set(db, fresh);
  return fresh;
}
