import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { outbox } from "@/db/schema";
import type { Actor } from "@/lib/kernel/actor";
import type { Principal } from "@/lib/kernel/party";
import { isUuid } from "@/lib/kernel/uuid";
import type { Channel } from "./answers";
import type { Need } from "./deps";
import { guestsOf } from "./guests";

export type WhoIsTold = { parties: { party: Principal; channel: Channel }[]; guests: string[] };

/** Who will get a message when this visit moves: those who were told of it, by the same ways, and everybody who was invited. */
export async function whoIsTold(
  deps: Need<"db">,
  { actor, visitId }: { actor: Actor; visitId: string },
): Promise<WhoIsTold> {
  if (!isUuid(visitId)) return { parties: [], guests: [] };
  return deps.db.asActor(actor, async (tx) => ({
    parties: await toldParties(tx, visitId),
    guests: (await guestsOf(tx, visitId)).map(({ name }) => name),
  }));
}

/** Who has been told of a visit, and how: they are the ones to tell of a change. */
export async function toldParties(
  tx: Tx,
  visitId: string,
): Promise<{ party: Principal; channel: Channel }[]> {
  const messages = await tx
    .selectDistinct({ party: outbox.party, kind: outbox.kind })
    .from(outbox)
    .where(and(eq(outbox.visitId, visitId), isNull(outbox.failedAt)));
  return (["patient", "clinician"] as const).flatMap((party) => {
    const kinds = messages.filter((message) => message.party === party).map(({ kind }) => kind);
    if (kinds.length === 0) return [];
    return [{ party, channel: kinds.length > 1 ? "both" : kinds[0]! }];
  });
}
