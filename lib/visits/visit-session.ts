import { randomBytes, randomUUID } from "node:crypto";
import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { visitSessions } from "@/db/schema";
import { type Actor, clerk, type Origin } from "@/lib/kernel/actor";
import type { Party } from "@/lib/kernel/party";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { Need } from "./deps";
import { findVisit } from "./find-visit";
import type { SeatRefusal, SessionRefusal } from "./refusals";
import { findSeat } from "./seat";
import { seatHolder } from "./seat-holder";
import { isOpen, statusOf } from "./status";

/** Seconds. */
const sessionLifetime = 3600;
export type VisitSession = { visitId: string; voucherId: string; party: Party };
export type SessionToken = { sessionToken: string; expiresIn: number };

/** A new session for a seat, in the caller's transaction. The token is 256 random bits; only its keyed hash is kept. */
export async function openSession(
  deps: Need<"keyring" | "clock">,
  tx: Tx,
  session: VisitSession,
): Promise<SessionToken> {
  const sessionToken = randomBytes(32).toString("base64url");
  const createdAt = deps.clock.now();
  await tx.insert(visitSessions).values({
    id: randomUUID(),
    ...session,
    tokenHash: deps.keyring.hash("visit-session", sessionToken),
    createdAt,
    expiresAt: new Date(createdAt.getTime() + sessionLifetime * 1000),
  });
  return { sessionToken, expiresIn: sessionLifetime };
}

/** Whose session a token is. `evenIfExpired`: leaving must work after a long call, so `end` and `leave` ask only that it was not revoked. */
export async function visitSession(
  deps: Need<"db" | "keyring" | "clock">,
  { sessionToken, evenIfExpired = false }: { sessionToken: string; evenIfExpired?: boolean },
): Promise<Result<VisitSession, SessionRefusal>> {
  const hashes = deps.keyring.hashes("visit-session", sessionToken);
  const [row] = await deps.db.asActor(clerk, (tx) =>
    tx
      .select()
      .from(visitSessions)
      .where(and(inArray(visitSessions.tokenHash, hashes), isNull(visitSessions.revokedAt))),
  );
  if (!row || (!evenIfExpired && row.expiresAt <= deps.clock.now())) return err({ code: "SESSION_INVALID" });
  return ok({ visitId: row.visitId, voucherId: row.voucherId, party: row.party });
}

/** A further session for the browser that holds this seat, while the visit is open. */
export async function renewVisitSession(
  deps: Need<"db" | "keyring" | "clock">,
  seat: { visitId: string; seatId: string; holder: string; origin: Origin },
): Promise<Result<SessionToken, SeatRefusal | SessionRefusal>> {
  const held = await seatHolder(deps, seat);
  if (!held.ok) return held;
  const actor = held.value;
  return deps.db.asActor(actor, async (tx): Promise<Result<SessionToken, SessionRefusal>> => {
    const found = await findVisit(tx, actor.visitId);
    const seat = await findSeat(tx, actor.voucherId);
    if (!found || !isOpen(statusOf(found.visit)) || !seat || seat.removedAt)
      return err({ code: "SESSION_INVALID" });
    return ok(
      await openSession(deps, tx, { visitId: actor.visitId, voucherId: actor.voucherId, party: actor.party }),
    );
  });
}

export function sessionActor(session: VisitSession, origin: Origin): Extract<Actor, { kind: "link" }> {
  return { kind: "link", ...session, origin };
}

/** In the caller's transaction: nobody speaks for this visit (or this seat of it) any more. */
export async function revokeSessions(tx: Tx, visitId: string, now: Date, voucherId?: string): Promise<void> {
  await tx
    .update(visitSessions)
    .set({ revokedAt: now })
    .where(
      and(
        eq(visitSessions.visitId, visitId),
        isNull(visitSessions.revokedAt),
        voucherId ? eq(visitSessions.voucherId, voucherId) : undefined,
      ),
    );
}
