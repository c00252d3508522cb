import { readBearer } from "@/lib/auth/actor-from";
import type { Actor } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { Viewer } from "@/lib/visits/live-state";
import { seatHolder } from "@/lib/visits/seat-holder";
import { sessionActor, visitSession } from "@/lib/visits/visit-session";
import { isSignedIn, type Knock } from "./endpoint";

type Asker = Pick<
  Knock<unknown, { seat?: string }>,
  "deps" | "request" | "actor" | "origin" | "params" | "query" | "holder"
>;
type Refused = { code: "SESSION_INVALID" | "SEAT_UNKNOWN" | "SIGN_IN_REQUIRED" };

/** A visit session is opaque; an access token has three parts. */
export function readSessionToken(request: Request, body: { sessionToken?: string }): string | undefined {
  const bearer = readBearer(request.headers);
  return body.sessionToken ?? (bearer?.includes(".") ? undefined : (bearer ?? undefined));
}

/**
 * Who speaks inside a visit: the holder of a visit session; else the browser that spent the link of `?seat=`; else who is signed in.
 * In that order, so that a colleague who opened a patient's link acts as that link, not as themselves.
 */
export async function visitActor(asker: Asker, sessionToken?: string): Promise<Result<Actor, Refused>> {
  const { deps, params, query, holder, origin, actor } = asker;
  const visitId = params.visitId!;
  if (sessionToken) {
    const session = await visitSession(deps, { sessionToken });
    if (!session.ok || session.value.visitId !== visitId) return err({ code: "SESSION_INVALID" });
    return ok(sessionActor(session.value, origin));
  }
  if (query.seat) return seatHolder(deps, { visitId, seatId: query.seat, holder, origin });
  return isSignedIn(actor) ? ok(actor) : err({ code: "SIGN_IN_REQUIRED" });
}

export async function visitViewer(asker: Asker, sessionToken?: string): Promise<Result<Viewer, Refused>> {
  const actor = await visitActor(asker, sessionToken);
  if (!actor.ok) return actor;
  return ok(
    actor.value.kind === "link"
      ? { kind: "seat", actor: actor.value }
      : { kind: "staff", actor: actor.value },
  );
}
