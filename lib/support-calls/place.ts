import { and, eq, isNull } from "drizzle-orm";
import { supportCalls } from "@/db/schema";
import { clerk } from "@/lib/kernel/actor";
import type { Attendee, Meeting } from "@/lib/ports/meetings";
import { signCallerContext } from "@/lib/vouchers/caller-context";
import type { CallDeps, CallRow } from "./deps";

/** How a caller joins their call. Holds credentials: sealed with the call's row, and gone when it is over. */
export type Place = {
  meeting: Meeting;
  attendee: Attendee;
  /** Of route `webrtc`, where the caller is a participant of the contact. */
  participantToken: string | null;
};

/** A call's row, as it stands once its caller has a place. */
export type Placed = { row: CallRow; place: Place };

/** Keeps the place of a call that is open and has none yet. @returns null: another tab was quicker, or the call is over. */
export async function keepPlace(
  { db, keyring }: Pick<CallDeps, "db" | "keyring">,
  row: CallRow,
  place: Place,
  more: Partial<Pick<CallRow, "contactId" | "meetingId" | "meetingExpiresAt">>,
): Promise<CallRow | null> {
  const sealed = keyring.seal("support-call", JSON.stringify(place), row.id);
  const [kept] = await db.asActor(clerk, (tx) =>
    tx
      .update(supportCalls)
      .set({ ...more, place: sealed })
      .where(and(eq(supportCalls.id, row.id), isNull(supportCalls.endedAt), isNull(supportCalls.place)))
      .returning(),
  );
  return kept ?? null;
}

/** The place that another tab took. Null: the call is over. */
export async function readPlaced(
  deps: Pick<CallDeps, "db" | "keyring">,
  callId: string,
): Promise<Placed | null> {
  const [row] = await deps.db.asActor(clerk, (tx) =>
    tx.select().from(supportCalls).where(eq(supportCalls.id, callId)),
  );
  const place = row && openPlace(deps, row);
  return place ? { row, place } : null;
}

/** Null: it has none, or not any more. */
export function openPlace({ keyring }: Pick<CallDeps, "keyring">, row: CallRow): Place | null {
  if (!row.place) return null;
  return JSON.parse(keyring.unseal("support-call", row.place, row.id).toString("utf8"));
}

/** The signed caller context of a call: as long as the database grants it, which began when the row was claimed. */
export function signContext(
  { clock, signer }: Pick<CallDeps, "clock" | "signer">,
  { id, customerId }: CallRow,
): Promise<string> {
  return signCallerContext(signer, {
    callId: id,
    customerId,
    iat: Math.floor(clock.now().getTime() / 1000),
  });
}
