import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { doorDeps } from "@/lib/http/deps";
import { readOrigin } from "@/lib/http/origin";
import type { Actor, Origin, Role } from "@/lib/kernel/actor";
import { sessionCookieName } from "./session-cookie";
import { readSession } from "./sessions";

export type PersonActor = Extract<Actor, { kind: "person" }>;

/** Where the page or action that runs now was asked from. */
export async function requestOrigin(): Promise<Origin> {
  const { env } = await doorDeps();
  return readOrigin(await headers(), env.TRUSTED_PROXY);
}

/** Who is signed in, for pages and server actions; asked once for each request. */
export const signedIn = cache(async (): Promise<PersonActor | null> => {
  const deps = await doorDeps();
  const cookie = (await cookies()).get(sessionCookieName(deps.env))?.value;
  const session = cookie ? await readSession(deps, cookie) : null;
  if (!session) return null;
  return {
    kind: "person",
    id: session.personId,
    role: session.role,
    name: session.name,
    origin: await requestOrigin(),
  };
});

/**
 * The signed-in colleague, if their role is one of `roles`. Sends everybody else where they can go on: to sign in, or to the page that
 * says why not. Every server action calls it first: an action is a public POST.
 */
export async function requireStaff(roles: readonly Role[]): Promise<PersonActor> {
  const actor = await signedIn();
  if (!actor) redirect("/sign-in");
  if (!roles.includes(actor.role)) redirect("/?refused=role");
  return actor;
}
