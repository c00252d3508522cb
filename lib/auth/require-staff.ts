import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { doorDeps } from "@/lib/http/deps";
import { readOrigin } from "@/lib/http/origin";
import type { Actor, Origin, Role } from "@/lib/kernel/actor";
import { type PageName, pages } from "./access";
import { sessionCookieName } from "./session-cookie";
import { readSession } from "./sessions";

export type PersonActor = Extract<Actor, { kind: "person" }>;

/** Where the page or action that runs now was asked from. */
export async function requestOrigin(): Promise<Origin> {
  const { env } = await doorDeps();
  return readOrigin(await headers(), env.TRUSTED_PROXY);
}

/** The session of the browser that asks; read once for each request. */
const currentSession = cache(async () => {
  const deps = await doorDeps();
  const cookie = (await cookies()).get(sessionCookieName(deps.env))?.value;
  return cookie ? readSession(deps, cookie) : null;
});

/** Whoever is signed in, even staff who owe their second step first: for the account's own page and actions, and no others. */
export const ownSession = cache(async () => {
  const deps = await doorDeps();
  const cookie = (await cookies()).get(sessionCookieName(deps.env))?.value;
  const session = cookie ? await readSession(deps, cookie, { evenOwing: true }) : null;
  if (!session) return null;
  const origin = await requestOrigin();
  const { personId: id, role, name } = session;
  const actor: PersonActor = { kind: "person", id, role, name, origin };
  return { deps, session, actor, origin };
});

/** Who is signed in, for pages and server actions. */
export async function signedIn(): Promise<PersonActor | null> {
  const session = await currentSession();
  if (!session) return null;
  const { personId: id, role, name } = session;
  return { kind: "person", id, role, name, origin: await requestOrigin() };
}

/** The zone in which pages show times to whoever is signed in. */
export async function readerTimeZone(): Promise<string> {
  return (await currentSession())?.timeZone ?? "UTC";
}

/**
 * The signed-in colleague, if their role is one of `roles`. Sends everybody else where they can go on: to sign in, or to the page that
 * says why not. Every server action calls it first: an action is a public POST.
 */
export async function requireStaff(roles: readonly Role[]): Promise<PersonActor> {
  const actor = await signedIn();
  if (!actor) redirect((await ownSession())?.session.owesSecondStep ? "/account" : "/sign-in");
  if (!roles.includes(actor.role)) redirect(actor.role === "auditor" ? "/admin/audit" : "/?refused=role");
  return actor;
}

/** Whoever may open this page. An auditor who strays is led to the one that is theirs. */
export const requirePage = (page: PageName): Promise<PersonActor> => requireStaff(pages[page]);

/**
 * Whoever is signed in as no colleague, connected with a record or not (yet). Staff are led to their own pages. Every action of the patient's page
 * calls it first. @param page where they want to be.
 */
export async function requireCustomer(page: "/support" | "/visits" = "/visits") {
  const own = await ownSession();
  if (!own) redirect(page === "/visits" ? "/sign-in" : `/sign-in?next=${page}`);
  const { deps, session, actor: patient, origin } = own;
  if (session.kind === "staff") redirect(session.role === "auditor" ? "/admin/audit" : "/admin");
  return { deps, session, patient, origin, sub: session.sub };
}
