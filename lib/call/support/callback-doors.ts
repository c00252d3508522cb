import type { CallTopic } from "@/lib/kernel/call-topic";
import type { OwnCallbacks } from "@/lib/support-calls/own-callback";
import { followLive, type LiveDeps } from "../live-channel";
import { unlessOffline } from "../unless-offline";

/** `code` as the doors refuse; OFFLINE: nothing was reached. */
export type CallbackAnswer = { ok: true; now: OwnCallbacks } | { ok: false; code: string };

/** The doors of a customer's own callback, by the session of this browser. */
export function callbackDoors(deps: LiveDeps) {
  async function post(path: string, body: object): Promise<CallbackAnswer> {
    const response = await unlessOffline(
      deps.fetch(path, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
    );
    if (!response) return { ok: false, code: "OFFLINE" };
    const answer = (await response.json().catch(() => ({}))) as OwnCallbacks & { code?: string };
    return response.ok ? { ok: true, now: answer } : { ok: false, code: answer.code ?? "AWAY" };
  }
  return {
    /** @param when `turn`, or the start of an hour that was offered. */
    ask: (when: string, topic: CallTopic | null) =>
      post("/api/support-callbacks", { when, ...(topic && { topic }) }),
    /** Not now: they are calling, and nobody can pick up. */
    putOff: () => post("/api/support-callbacks/put-off", {}),
    cancel: () => post("/api/support-callbacks/cancel", {}),
    /** @returns a function that stops it. */
    follow: (told: (now: OwnCallbacks) => void) =>
      followLive<OwnCallbacks>(deps, (kind) => `/api/support-callbacks/${kind}`, told),
  };
}
