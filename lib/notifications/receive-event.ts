import { lt } from "drizzle-orm";
import type { Db, Tx } from "@/db/as-actor";
import { providerEvents } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { recordRefusal } from "@/lib/audit/record-refusal";
import type { Actor, Origin } from "@/lib/kernel/actor";
import type { Clock } from "@/lib/kernel/clock";
import { ok, type Result } from "@/lib/kernel/result";
import type { Keyring } from "@/lib/keyring/keyring";
import type { Log } from "@/lib/log";
import type { EventRefusal, MessageEvent, MessageEvents } from "@/lib/ports/message-events";
import { answerText } from "./answer-text";
import { noteDelivery } from "./note-delivery";

/** What the server does on the strength of a signature that it has checked. */
const door: Actor = { kind: "system", name: "door" };
/** Longer than any event counts as fresh, so that a replay always finds its like. */
const rememberedMs = 3 * 24 * 3_600_000;

type Deps = { db: Db; clock: Clock; keyring: Keyring; log: Log; messageEvents: MessageEvents };
export type EventAnswer = { received: "done" | "again" | "nothing-to-do" };

/**
 * A provider's notification: verified, done once, answered. What is refused changes nothing and is recorded.
 * @param changed tells whoever watches a visit that one of its messages fared so or so; in the same transaction.
 */
export async function receiveEvent(
  deps: Deps,
  {
    body,
    origin,
    changed,
  }: { body: unknown; origin: Origin; changed: (tx: Tx, visitId: string) => Promise<void> },
): Promise<Result<EventAnswer, EventRefusal>> {
  const read = await deps.messageEvents.read(body);
  if (!read.ok) {
    if (read.error.code === "EVENT_UNVERIFIABLE")
      deps.log.warn({ err: read.error.cause }, "a provider's notification could not be checked");
    else
      await recordRefusal(deps, {
        event: "PROVIDER_EVENT_REFUSED",
        actor: { kind: "anonymous", origin },
        errorCode: read.error.code,
        metadata: "why" in read.error ? { why: read.error.why } : {},
      });
    return read;
  }
  const { id, event, confirmed } = read.value;
  return deps.db.asActor(door, async (tx): Promise<Result<EventAnswer, EventRefusal>> => {
    const first = await tx
      .insert(providerEvents)
      .values({ id, receivedAt: deps.clock.now() })
      .onConflictDoNothing()
      .returning({ id: providerEvents.id });
    if (first.length === 0) return ok({ received: "again" });
    if (confirmed) await recordAudit(tx, { event: "PROVIDER_SUBSCRIPTION_CONFIRMED", actor: door });
    return ok({ received: event && (await act(deps, tx, event, changed)) ? "done" : "nothing-to-do" });
  });
}

async function act(
  deps: Deps,
  tx: Tx,
  event: MessageEvent,
  changed: (tx: Tx, visitId: string) => Promise<void>,
): Promise<boolean> {
  if (event.kind === "inbound-text") return (await answerText(deps, tx, event, door)) !== "nothing";
  const visitId = await noteDelivery(tx, event, door);
  if (visitId) await changed(tx, visitId);
  return visitId !== undefined;
}

/** For the worker: what is too old to be replayed need not be remembered. @returns how many went. */
export async function sweepProviderEvents({ db, clock }: Pick<Deps, "db" | "clock">): Promise<number> {
  const before = new Date(clock.now().getTime() - rememberedMs);
  return db.asActor({ kind: "system", name: "worker" }, async (tx) => {
    const gone = await tx
      .delete(providerEvents)
      .where(lt(providerEvents.receivedAt, before))
      .returning({ id: providerEvents.id });
    return gone.length;
  });
}
