"use server";

import { z } from "zod";
import { requestOrigin } from "@/lib/auth/require-staff";
import type { StartAnswer } from "@/lib/call/call";
import { newBrowserId } from "@/lib/http/browser-id";
import { doorDeps } from "@/lib/http/deps";
import * as input from "@/lib/http/visit-inputs";
import { joinRoom } from "@/lib/rooms/join-room";
import { browserOf } from "./door";

const joinRequest = z.object({ roomId: input.personId, code: input.shortCode });

/**
 * The Join button: spends the invite for this browser, which may repeat it. A public POST like every action: all of its input is a stranger's
 * until `joinRoom` has proved it.
 */
export async function joinAudioRoom(request: unknown): Promise<StartAnswer> {
  const given = joinRequest.safeParse(request);
  if (!given.success) return { status: "refused", code: "TOKEN_INVALID" };
  const [deps, origin, browserId] = await Promise.all([doorDeps(), requestOrigin(), browserOf()]);
  const { roomId, code } = given.data;
  // Without a cookie nobody can ever repeat: the first join still works.
  const joined = await joinRoom(deps, {
    presented: { code },
    roomId,
    holder: browserId || newBrowserId(),
    origin,
  });
  if (joined.ok) {
    const { role, chimeJoinInfo, sessionToken, seatId, admitted, generation } = joined.value;
    return {
      status: "started",
      started: { chimeJoinInfo, sessionToken, seatId, party: role, admitted, generation },
    };
  }
  const { error } = joined;
  if ("retryAfterMs" in error)
    return { status: "busy", retryAfterSeconds: Math.ceil(error.retryAfterMs / 1_000) };
  return { status: "refused", code: error.code };
}
