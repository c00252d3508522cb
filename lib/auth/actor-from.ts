import { isHostSession, readHostSession } from "@/lib/host-sites/read-session";
import { browserCookie } from "@/lib/http/browser-id";
import type { DoorDeps } from "@/lib/http/deps";
import { readCookie } from "@/lib/http/holder";
import type { ProblemCode } from "@/lib/http/refusal-words";
import { isForeignPage, isSameOrigin } from "@/lib/http/same-origin";
import type { Actor, Origin } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { Access } from "./access";
import { findApiKey, hasScope } from "./api-keys";
import { loginState } from "./api-logins";
import { agreedRole, findPerson } from "./people";
import { owesSecondStep } from "./second-step";
import { sessionCookieName } from "./session-cookie";
import { readSession } from "./sessions";
import type { Principal } from "./verify-access-token";

/** What a door says to whoever it cannot let in, before anything else is looked at. */
export const authRefusals = [
  "SIGN_IN_REQUIRED",
  "ACCESS_TOKEN_INVALID",
  "ACCESS_TOKEN_EXPIRED",
  "API_KEY_INVALID",
  "FLOOD_LIMITED",
  "SECOND_STEP_REQUIRED",
  "FORBIDDEN",
  "CROSS_SITE_REFUSED",
  "IDENTITY_UNAVAILABLE",
  "IDENTITY_NOT_CONFIGURED",
] as const satisfies readonly ProblemCode[];
type AuthRefusal = { code: (typeof authRefusals)[number]; retryAfterSeconds?: number };

/**
 * Who sends this request, from verified proof only: `Authorization: Bearer` (Cognito's access token), then `X-Admin-Key`, then our
 * session cookie. A Bearer may also be the session of a customer inside a registered site's page, on the doors that are `embedded`. On an open door none of them is needed, and a Bearer that is no JWT is left to the route (a visit session).
 * A request that changes something and brings a cookie of ours must come from a page of ours.
 */
export async function actorFrom(
  deps: DoorDeps,
  { request, origin, rule }: { request: Request; origin: Origin; rule: Access },
): Promise<Result<Actor, AuthRefusal>> {
  const open = "open" in rule;
  const origins = [...ownOrigins(deps, request), ...deps.env.CORS_ALLOWED_ORIGINS];
  if (open && rule.pages === "ours" && !isRead(request.method) && isForeignPage(request.headers, origins))
    return err({ code: "CROSS_SITE_REFUSED" });
  const bearer = readBearer(request.headers);
  if (bearer !== null && isHostSession(bearer)) {
    if (!rule.embedded) return err({ code: "FORBIDDEN" });
    const session = await readHostSession(deps, bearer, origin);
    return session ? admit(ok(session.actor), rule) : err({ code: "ACCESS_TOKEN_INVALID" });
  }
  if (bearer !== null && (!open || bearer.split(".").length === 3)) {
    const known = await byAccessToken(deps, bearer, origin);
    return admit(known.ok ? ok(known.value.actor) : known, rule);
  }
  const key = request.headers.get("x-admin-key");
  if (key !== null) {
    const actor = await findApiKey(deps, key, origin);
    if (actor) return admit(ok(actor), rule);
    const wait = await deps.keyLimits.wrong(origin);
    return err(wait ? { code: "FLOOD_LIMITED", ...wait } : { code: "API_KEY_INVALID" });
  }

  const cookie = bearer === null ? readCookie(request.headers, sessionCookieName(deps.env)) : undefined;
  const withCookie = cookie !== undefined || readCookie(request.headers, browserCookie) !== undefined;
  if (withCookie && !isRead(request.method) && !isSameOrigin(request.headers, ownOrigins(deps, request)))
    return err({ code: "CROSS_SITE_REFUSED" });
  const session = cookie === undefined ? null : await readSession(deps, cookie);
  if (session) {
    const actor: Actor = {
      kind: "person",
      id: session.personId,
      role: session.role,
      name: session.name,
      origin,
    };
    const admitted = admit(ok(actor), rule);
    // A signed-in colleague who opens a patient's link in the same browser is still a link holder.
    return admitted.ok || !open ? admitted : ok({ kind: "anonymous", origin });
  }
  return open ? ok({ kind: "anonymous", origin }) : err({ code: "SIGN_IN_REQUIRED" });
}

export function readBearer(headers: Headers): string | null {
  return /^Bearer +(\S+)$/i.exec(headers.get("authorization") ?? "")?.[1] ?? null;
}

export const principalRefusals = [
  "SIGN_IN_REQUIRED",
  "ACCESS_TOKEN_INVALID",
  "ACCESS_TOKEN_EXPIRED",
  "IDENTITY_UNAVAILABLE",
  "IDENTITY_NOT_CONFIGURED",
] as const satisfies readonly ProblemCode[];
type PrincipalRefusal = { code: (typeof principalRefusals)[number] };

/** The access token of a request and what it says, for the doors that read it themselves. `actorFrom` has refused one whose sign-in ended. */
export async function readPrincipal(
  deps: Pick<DoorDeps, "verifyAccessToken">,
  headers: Headers,
): Promise<Result<{ token: string; principal: Principal }, PrincipalRefusal>> {
  const token = readBearer(headers);
  if (token === null) return err({ code: "SIGN_IN_REQUIRED" });
  const verified = await deps.verifyAccessToken(token);
  return verified.ok ? ok({ token, principal: verified.value }) : verified;
}

/** Whom an access token stands for, once everything about it and its sign-in was verified; `anonymous`: nobody of ours yet. */
export async function byAccessToken(
  deps: DoorDeps,
  token: string,
  origin: Origin,
): Promise<Result<{ actor: Actor; principal: Principal; secondStep: boolean }, AuthRefusal>> {
  const verified = await deps.verifyAccessToken(token);
  if (!verified.ok) return verified;
  const { person, login } = await deps.db.asActor({ kind: "system", name: "door" }, async (tx) => ({
    person: await findPerson(tx, verified.value.sub),
    login: await loginState(deps, tx, verified.value),
  }));
  if (login.ended) return err({ code: "ACCESS_TOKEN_INVALID" });
  if (owesSecondStep(deps.env, person, login.secondStep)) return err({ code: "SECOND_STEP_REQUIRED" });
  if (person?.suspended) return err({ code: "FORBIDDEN" });
  const role = person ? agreedRole(person.role, verified.value.groups) : null;
  // A fresh account has a token and no row of ours yet: nobody here, but no stranger to an open door.
  const actor: Actor =
    person && role
      ? { kind: "person", id: person.id, role, name: person.name, origin }
      : { kind: "anonymous", origin };
  return ok({ actor, principal: verified.value, secondStep: login.secondStep });
}

function admit(actor: Result<Actor, AuthRefusal>, rule: Access): Result<Actor, AuthRefusal> {
  if (!actor.ok || "open" in rule) return actor;
  const { value } = actor;
  const allowed =
    (value.kind === "person" && rule.roles.includes(value.role)) ||
    (value.kind === "api-key" && hasScope(value.scopes, rule.scope));
  return allowed ? actor : err({ code: "FORBIDDEN" });
}

const isRead = (method: string) => method === "GET" || method === "HEAD";

/** Our public addresses, and on a laptop whatever host the browser used (127.0.0.1 or localhost). */
function ownOrigins({ env }: DoorDeps, request: Request): string[] {
  const own = [new URL(env.NEXT_PUBLIC_APP_URL).origin, new URL(env.VIDEO_JOIN_URL).origin];
  const host = request.headers.get("host");
  return env.CLOUD === "local" && host ? [...own, `http://${host}`] : own;
}
