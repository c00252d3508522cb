import { checkChain } from "@/lib/audit/check-chain";
import { sweepLogins } from "@/lib/auth/api-logins";
import { endPauses } from "@/lib/auth/recover-sign-in";
import { cleanUpDue } from "@/lib/cleanups/cloud-cleanups";
import { env } from "@/lib/env";
import { type Rounds, rounds } from "@/lib/kernel/rounds";
import { deliverDue } from "@/lib/notifications/deliver-due";
import { outboxChannel } from "@/lib/notifications/enqueue";
import { sweepProviderEvents } from "@/lib/notifications/receive-event";
import { settleRecordings } from "@/lib/recordings/settle-recordings";
import { sweepRetention } from "@/lib/retention/sweep-retention";
import { sweepRooms } from "@/lib/rooms/sweep-rooms";
import { settleDue } from "@/lib/staff/standing";
import { reconcileCalls } from "@/lib/support-calls/reconcile-calls";
import { sweepCallbacks } from "@/lib/support-calls/sweep-callbacks";
import { sendReminders } from "@/lib/visits/send-reminders";
import { sweepStale } from "@/lib/visits/sweep-stale";
import { sweepExpired } from "@/lib/vouchers/sweep-expired";
import { openContainer } from "@/lib/wiring/container";

/**
 * Everything that happens without a request: messages, clean-ups in the cloud, sweeps, the audit's verification and its coming
 * partitions. Run as many as you like: each task claims its rows. Says `{"ready":true}` on stdout; SIGTERM finishes the rounds under way.
 */
const deps = await openContainer("worker", env());

const task = (name: string, everyMs: number, work: () => Promise<unknown>): Rounds =>
  rounds({
    work,
    everyMs,
    failed: (error) => deps.log.error({ task: name, err: error }, "a round of work failed"),
  });
/** Batches until one comes back short. */
const drained = (step: () => Promise<number>, full: number) => async () => {
  while ((await step()) >= full);
};

const outbox = task(
  "outbox",
  1_000,
  drained(() => deliverDue(deps), 1),
);
const tasks = [
  outbox,
  task(
    "cleanups",
    2_000,
    drained(() => cleanUpDue(deps), 1),
  ),
  task("support-calls", 1_000, () => reconcileCalls(deps)),
  task(
    "callbacks",
    15_000,
    drained(() => sweepCallbacks(deps), 50),
  ),
  task(
    "colleagues",
    2_000,
    drained(() => settleDue(deps), 1),
  ),
  task(
    "expired-links",
    15_000,
    drained(() => sweepExpired(deps, 500), 500),
  ),
  task(
    "rooms-over",
    15_000,
    drained(() => sweepRooms(deps), 20),
  ),
  task("recordings", 2_000, () => settleRecordings(deps)),
  task("reminders", 20_000, () => sendReminders(deps)),
  task("provider-events", 3_600_000, () => sweepProviderEvents(deps)),
  task("old-logins", 3_600_000, () => sweepLogins(deps)),
  task("paused-second-steps", 10_000, () => endPauses(deps)),
  task(
    "retention",
    3_600_000,
    drained(() => sweepRetention(deps), 1),
  ),
  task("stale-visits", 60_000, () => sweepStale(deps)),
  task("audit-chain", 30_000, checkAudit),
  task("audit-partitions", 6 * 3_600_000, () => deps.db.call("audit_prepare_partitions", [3])),
];
// Being told is an economy of time, not a need: the second's round finds what a lost NOTIFY did not tell.
await deps.db.listen(outboxChannel, outbox.wake, outbox.wake);
process.stdout.write(`${JSON.stringify({ ready: true })}\n`);

/** A slice of the pass over the whole audit. That the audit is broken is for whoever watches the log, too. */
async function checkAudit(): Promise<void> {
  const { findings } = await checkChain(deps);
  if (findings.length > 0)
    deps.log.error({ findings: findings.slice(0, 10), chains: findings.length }, "the audit is broken");
}

async function drain(): Promise<void> {
  await Promise.all(tasks.map((one) => one.stop()));
  await deps.db.close();
  process.exit(0);
}
process.once("SIGTERM", () => void drain());
process.once("SIGINT", () => void drain());
