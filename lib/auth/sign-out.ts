"use server";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { doorDeps } from "@/lib/http/deps";
import { requestOrigin } from "./require-staff";
import { sessionCookieName } from "./session-cookie";
import { closeSession } from "./sessions";

/** Ends this browser's session, to begin another: calls ask for a sign-in that is recent. Afterwards they are back at the support page. */
export async function signInAgain(): Promise<void> {
  await leave();
  redirect("/sign-in?next=/support&done=forCalls");
}

/** Ends this browser's session: the row, Cognito's refresh token, the cookie. Works for whoever holds the cookie, whatever their role. */
export async function signOut(): Promise<void> {
  await leave();
  redirect("/sign-in");
}

async function leave(): Promise<void> {
  const deps = await doorDeps();
  const jar = await cookies();
  const name = sessionCookieName(deps.env);
  const cookie = jar.get(name)?.value;
  if (cookie) await closeSession(deps, cookie, await requestOrigin());
  jar.delete(name);
}
