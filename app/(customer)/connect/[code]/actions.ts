"use server";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { requireCustomer } from "@/lib/auth/require-staff";
import { isHttps } from "@/lib/auth/session-cookie";
import { doorDeps } from "@/lib/http/deps";
import { acceptOwnInvitation } from "@/lib/own-record/accept-invitation";
import { keepInvitation } from "../../kept-invitation";
import type { Told } from "../../own-form";
import { refusedTold } from "../../told";

const codeIn = (data: FormData) => String(data.get("code") ?? "").slice(0, 64);

/** The one thing that spends an invitation. */
export async function connect(_previous: Told, data: FormData): Promise<Told> {
  const { deps, patient, sub, origin } = await requireCustomer();
  const connected = await acceptOwnInvitation(deps, { code: codeIn(data), owner: { patient, sub }, origin });
  if (!connected.ok) return refusedTold(connected.error);
  redirect("/visits");
}

/** Keeps the invitation in this browser until somebody has signed in. */
async function keep(data: FormData): Promise<void> {
  const { env } = await doorDeps();
  keepInvitation(await cookies(), codeIn(data), isHttps(env));
}

export async function goToSignIn(data: FormData): Promise<void> {
  await keep(data);
  redirect("/sign-in");
}

export async function goToSignUp(data: FormData): Promise<void> {
  await keep(data);
  redirect("/sign-up");
}
