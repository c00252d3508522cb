import { and, eq, inArray, isNull, or, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { outbox, videoVisits } from "@/db/schema";
import type { Actor } from "@/lib/kernel/actor";
import type { Principal } from "@/lib/kernel/party";
import { seriesTemplates } from "@/lib/notifications/message";
import type { Channel } from "./answers";
import type { Need } from "./deps";
import { findVisit, type VisitRow } from "./find-visit";
import { type GuestRow, guestsOf } from "./guests";

export type WhoIsTold = { parties: { party: Principal; channel: Channel }[]; guests: string[] };
type Booked = Pick<VisitRow, "id" | "seriesId">;

/** Who will get a message when this visit moves: those who were told of it, by the same ways. */
export async function whoIsTold(
  deps: Need<"db">,
  { actor, visitId }: { actor: Actor; visitId: string },
): Promise<WhoIsTold> {
  return deps.db.asActor(actor, async (tx) => {
    const found = await findVisit(tx, visitId);
    if (!found) return { parties: [], guests: [] };
    return {
      parties: await toldParties(tx, found.visit),
      guests: (await toldGuests(tx, found.visit)).map(({ name }) => name),
    };
  });
}

/** Who has been told of a visit, and how: they are the ones to tell of a change. */
export async function toldParties(tx: Tx, visit: Booked): Promise<{ party: Principal; channel: Channel }[]> {
  const messages = await tx
    .selectDistinct({ party: outbox.party, kind: outbox.kind })
    .from(outbox)
    .where(and(tellsOf(tx, visit), isNull(outbox.failedAt)));
  return (["patient", "clinician"] as const).flatMap((party) => {
    const kinds = messages.filter((message) => message.party === party).map(({ kind }) => kind);
    if (kinds.length === 0) return [];
    return [{ party, channel: kinds.length > 1 ? "both" : kinds[0]! }];
  });
}

/** The guests who know of it: by a message, or by a link that was handed to them. */
export async function toldGuests(tx: Tx, visit: Booked): Promise<GuestRow[]> {
  const guests = await guestsOf(tx, visit.id);
  if (guests.length === 0) return [];
  const messages = await tx
    .selectDistinct({ recipient: outbox.recipient })
    .from(outbox)
    .where(and(tellsOf(tx, visit), isNull(outbox.failedAt)));
  const reached = new Set(messages.map(({ recipient }) => recipient));
  return guests.filter(
    ({ phone, email }) =>
      (!phone && !email) || [phone, email].some((contact) => contact !== null && reached.has(contact)),
  );
}

/** Messages of the visit itself, and those that told of all of its series at once. */
function tellsOf(tx: Tx, { id, seriesId }: Booked): SQL | undefined {
  const own = eq(outbox.visitId, id);
  if (!seriesId) return own;
  const others = tx
    .select({ id: videoVisits.id })
    .from(videoVisits)
    .where(eq(videoVisits.seriesId, seriesId));
  return or(own, and(inArray(outbox.visitId, others), inArray(outbox.template, [...seriesTemplates])));
}
