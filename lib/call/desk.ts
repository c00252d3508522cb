import type { Desk } from "./call";
import { unlessOffline } from "./unless-offline";

/** The visit's own endpoints, as this page's session. */
export function visitDesk(visitId: string, send: typeof fetch): Desk {
  return async (verb, sessionToken, body) => {
    const response = await unlessOffline(
      send(`/api/visits/${encodeURIComponent(visitId)}/${verb}`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${sessionToken}` },
        body: JSON.stringify(body),
        // Leaving is often the page's last deed.
        keepalive: true,
      }),
    );
    if (!response) return "failed";
    if (response.status === 401) return "session-over";
    // 410: the visit is closed already, which is all that leaving or ending wants.
    return response.ok || (response.status === 410 && (verb === "end" || verb === "leave"))
      ? "done"
      : "failed";
  };
}
