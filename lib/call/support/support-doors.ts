import type { OwnCallNow } from "@/lib/support-calls/follow-own-call";
import type { StartedCall } from "@/lib/support-calls/start-call";
import { followLive, type LiveDeps } from "../live-channel";
import { unlessOffline } from "../unless-offline";
import type { SupportDoors, SupportRefusal } from "./support-call";

/** The doors of a customer's call, by the session of this browser. */
export function supportDoors(deps: LiveDeps): SupportDoors {
  const doorOf = (callId: string, verb: string) => `/api/support-calls/${encodeURIComponent(callId)}/${verb}`;
  const post = (path: string, body: object) =>
    unlessOffline(
      deps.fetch(path, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
        // Hanging up is often a page's last deed.
        keepalive: true,
      }),
    );

  return {
    async start(topic) {
      const response = await post("/api/start-call", topic ? { topic } : {});
      if (!response) return { ok: false, code: "OFFLINE", retryAfterSeconds: null };
      if (!response.ok) return { ok: false, ...(await refusalOf(response)) };
      const { callId, chimeJoinInfo, joined } = (await response.json()) as StartedCall;
      return { ok: true, callId, join: chimeJoinInfo, joined };
    },
    async look(callId) {
      const response = await unlessOffline(deps.fetch(doorOf(callId, "state"), { cache: "no-store" }));
      return response?.ok ? unlessOffline<OwnCallNow>(response.json()) : null;
    },
    follow: (callId, told) => followLive<OwnCallNow>(deps, (kind) => doorOf(callId, kind), told),
    here: async (callId) => void (await post(doorOf(callId, "here"), {})),
    press: async (callId, keys) => (await post(doorOf(callId, "keys"), { keys }))?.ok ?? false,
    end: async (callId) => {
      const response = await post(doorOf(callId, "end"), {});
      // Signed out, or a call of somebody else by now: there is nothing that this page could end.
      return response !== null && response.status < 500 && response.status !== 429;
    },
  };
}

async function refusalOf(response: Response): Promise<SupportRefusal> {
  const { code } = (await response.json().catch(() => ({}))) as { code?: string };
  const wait = Number(response.headers.get("retry-after"));
  return { code: code ?? "AWAY", retryAfterSeconds: wait > 0 ? wait : null };
}
