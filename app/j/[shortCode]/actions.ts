"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { requestOrigin } from "@/lib/auth/require-staff";
import type { StartAnswer } from "@/lib/call/call";
import { newBrowserId } from "@/lib/http/browser-id";
import { doorDeps } from "@/lib/http/deps";
import * as input from "@/lib/http/visit-inputs";
import { resendLink } from "@/lib/visits/resend-link";
import { startVisit } from "@/lib/visits/start-visit";
import { browserOf } from "./door";

const joinRequest = z.object({
  visitId: input.personId,
  code: input.shortCode,
  deviceInfo: input.deviceInfo,
});

/**
 * The Join button: spends the link for this browser, which may repeat it. A public POST like every action: all of its input is
 * a stranger's until `startVisit` has proved it.
 */
export async function joinVisit(request: unknown): Promise<StartAnswer> {
  const given = joinRequest.safeParse(request);
  if (!given.success) return { status: "refused", code: "TOKEN_INVALID" };
  const [deps, origin, browserId] = await Promise.all([doorDeps(), requestOrigin(), browserOf()]);
  // Without a cookie nobody can ever repeat: the first start still works.
  const result = await startVisit(deps, {
    ...given.data,
    holder: browserId || newBrowserId(),
    origin,
    atDoor: true,
  });
  if (result.ok) {
    const { chimeJoinInfo, seatId, party, admitted, generation, visitSession } = result.value;
    const { sessionToken } = visitSession;
    return {
      status: "started",
      started: { chimeJoinInfo, seatId, party, admitted, generation, sessionToken },
    };
  }
  const { error } = result;
  if ("retryAfterMs" in error)
    return { status: "busy", retryAfterSeconds: Math.ceil(error.retryAfterMs / 1_000) };
  return { status: "refused", code: error.code };
}

const resendForm = z.object({ visitId: input.personId, code: input.shortCode });

/** "Send me a new link": the old code is the proof, the contact on file the only address. */
export async function sendNewLink(form: FormData): Promise<void> {
  const given = resendForm.safeParse(Object.fromEntries(form));
  if (!given.success) redirect("/");
  const { visitId, code } = given.data;
  const [deps, origin, browserId] = await Promise.all([doorDeps(), requestOrigin(), browserOf()]);
  const sent = await resendLink(deps, { visitId, proof: { code }, holder: browserId, origin });
  const page = `/j/${encodeURIComponent(code)}/sent`;
  if (sent.ok) redirect(page);
  if ("retryAfterSeconds" in sent.error)
    redirect(`${page}?wait=${Math.ceil(sent.error.retryAfterSeconds / 60)}`);
  redirect(`${page}?failed`);
}
