import { isHostSession, readHostSession } from "@/lib/host-sites/read-session";
import type { DoorDeps } from "@/lib/http/deps";
import { readCookie } from "@/lib/http/holder";
import type { Actor, Origin } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { type authRefusals, byAccessToken, readBearer } from "./actor-from";
import { sessionCookieName } from "./session-cookie";
import { readSession } from "./sessions";

type Customer = Extract<Actor, { kind: "person" }>;
type Caller = { customer: Customer; signedInAt: Date; secondStep: boolean; siteId: string | null };

/**
 * The customer who sends this request, when they last proved who they are, and whether by a second step too: from the Bearer or the session cookie that `actorFrom` has
 * verified, else from an access token in the body (seed 0's way), verified alike. Inside a registered site's page it is that site which says so (`siteId`). Colleagues are FORBIDDEN: they have other doors.
 */
export async function readCaller(
  deps: DoorDeps,
  { actor, request, origin, token }: { actor: Actor; request: Request; origin: Origin; token?: string },
): Promise<Result<Caller, { code: (typeof authRefusals)[number] }>> {
  const bearer = readBearer(request.headers);
  if (bearer !== null && isHostSession(bearer)) {
    const session = await readHostSession(deps, bearer, origin);
    if (!session) return err({ code: "ACCESS_TOKEN_INVALID" });
    const { actor: customer, signedInAt, secondStep, siteId } = session;
    return ok({ customer, signedInAt, secondStep, siteId });
  }
  const presented = bearer?.split(".").length === 3 ? bearer : actor.kind === "anonymous" ? token : undefined;
  if (presented !== undefined) {
    const known = await byAccessToken(deps, presented, origin);
    if (!known.ok) return known;
    const { actor: person, principal, secondStep } = known.value;
    return asCaller(person, new Date(principal.authTime * 1000), secondStep);
  }
  const cookie = readCookie(request.headers, sessionCookieName(deps.env));
  const session = cookie === undefined ? null : await readSession(deps, cookie);
  return session ? asCaller(actor, session.authTime, session.secondStep) : err({ code: "SIGN_IN_REQUIRED" });
}

function asCaller(
  actor: Actor,
  signedInAt: Date,
  secondStep: boolean,
): Result<Caller, { code: "SIGN_IN_REQUIRED" | "FORBIDDEN" }> {
  if (actor.kind === "anonymous") return err({ code: "SIGN_IN_REQUIRED" });
  if (actor.kind !== "person" || actor.role !== "customer") return err({ code: "FORBIDDEN" });
  return ok({ customer: actor, signedInAt, secondStep, siteId: null });
}
