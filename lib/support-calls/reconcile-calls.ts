import { and, asc, eq, inArray, isNull, lte } from "drizzle-orm";
import { supportCalls } from "@/db/schema";
import { sweeper } from "@/lib/kernel/actor";
import { ok } from "@/lib/kernel/result";
import { bridgeStands } from "./by-telephone";
import type { CallDeps, CallRow } from "./deps";
import { closeCall, stopInCloud } from "./end-call";
import { noteAnswered } from "./note-at-desk";

/** How long a call that was looked at is left alone. Milliseconds. */
const lookEveryMs = 5_000;
/** At once; the contact centre answers two questions a second. */
const batch = 10;
/** A call that the contact centre never made, for its caller went away in between. Milliseconds. */
const startingMaxMs = 2 * 60_000;
/** Nobody holds on for longer, and nobody talks for longer: what still stands was forgotten. Milliseconds. */
const waitingMaxMs = 60 * 60_000;
const talkingMaxMs = 4 * 60 * 60_000;
/** A page that said its caller is there says so every 15 s (`sayHere`). Silent for so long, twice over, they are gone. Milliseconds. */
const silentMaxMs = 30_000;

type Deps = Pick<CallDeps, "db" | "clock" | "contactCentre" | "meetings" | "sipBridge" | "log">;

/** For the worker: asks the contact centre what became of open calls, ends what was forgotten, and clears away what an end left. @returns how many it took. */
export async function reconcileCalls(deps: Deps): Promise<number> {
  const rows = await claim(deps);
  for (const row of rows) await trueUp(deps, row);
  return rows.length;
}

/** Several workers never take the same one. */
async function claim(deps: Deps): Promise<CallRow[]> {
  const now = deps.clock.now();
  return deps.db.asActor(sweeper, async (tx) => {
    const due = await tx
      .select({ id: supportCalls.id })
      .from(supportCalls)
      .where(
        and(
          isNull(supportCalls.settledAt),
          lte(supportCalls.lookedAt, new Date(now.getTime() - lookEveryMs)),
        ),
      )
      .orderBy(asc(supportCalls.lookedAt))
      .limit(batch)
      .for("update", { skipLocked: true });
    if (due.length === 0) return [];
    const ids = due.map(({ id }) => id);
    return tx.update(supportCalls).set({ lookedAt: now }).where(inArray(supportCalls.id, ids)).returning();
  });
}

/** Makes a call what the contact centre says of it: answered, over, forgotten. */
export async function trueUp(deps: Deps, row: CallRow): Promise<void> {
  if (row.endedAt) {
    await stopInCloud(deps, row);
    return;
  }
  const ageMs = deps.clock.now().getTime() - row.createdAt.getTime();
  if (await isLost(deps, row)) {
    await end(deps, row, "lost");
    return;
  }
  if (!row.contactId && !row.transactionId) {
    if (ageMs > startingMaxMs) await end(deps, row, "failed");
    return;
  }
  // By route `sip` we know the contact once it verified our context; else its meeting tells when it is over, and where the context merely arrived, whether
  // somebody answered.
  const own = row.contactId ?? row.boundContact;
  const contactId = own ?? row.arrivedContact;
  const state = contactId ? await deps.contactCentre.describeContact(contactId) : ok(null);
  if (!state.ok && own) {
    if (state.error.code === "CONTACT_UNKNOWN") await end(deps, row, "over");
    return;
  }
  const contact = state.ok ? state.value : null;
  const at = contact?.connectedToAgentAt;
  if (at && !row.connectedAt)
    await deps.db.asActor(sweeper, (tx) =>
      noteAnswered(tx, { where: eq(supportCalls.id, row.id), actor: sweeper, at }),
    );
  const longestMs = contact?.connectedToAgentAt ? talkingMaxMs : waitingMaxMs;
  if (own && contact?.disconnectedAt) await end(deps, row, "over", contact.disconnectedAt);
  else if ((contact && ageMs > longestMs) || (await bridgeIsOver(deps, row))) await end(deps, row, "over");
}

/**
 * Whether the caller's page fell silent. Noticed first and judged later: where it was the database that was away, whoever is there has time to say so.
 */
async function isLost({ db, clock }: Deps, { id, hereAt, silentSince }: CallRow): Promise<boolean> {
  const before = new Date(clock.now().getTime() - silentMaxMs);
  if (!hereAt || hereAt > before) return false;
  if (silentSince) return silentSince <= before;
  await db.asActor(sweeper, (tx) =>
    tx
      .update(supportCalls)
      .set({ silentSince: clock.now() })
      .where(and(eq(supportCalls.id, id), lte(supportCalls.hereAt, before))),
  );
  return false;
}

async function bridgeIsOver(deps: Deps, row: CallRow): Promise<boolean> {
  if (row.route !== "sip") return false;
  const stands = await bridgeStands(deps, row);
  return stands.ok && !stands.value;
}

/** @param at when it ended; now, where we end it. */
async function end(
  deps: Deps,
  row: CallRow,
  reason: "over" | "failed" | "lost",
  at = deps.clock.now(),
): Promise<void> {
  const closed = await deps.db.asActor(sweeper, (tx) =>
    closeCall(tx, { callId: row.id, actor: sweeper, reason, at, settled: false }),
  );
  if (closed) await stopInCloud(deps, closed);
}
