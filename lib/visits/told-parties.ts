import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { outbox } from "@/db/schema";
import type { Principal } from "@/lib/kernel/party";
import type { Channel } from "./answers";

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
