import { unlessOffline } from "@/lib/call/unless-offline";
import type { Findings } from "./findings";

/** A name for a run, for `crypto.randomUUID` is missing on pages that are not secure. */
export function newRunId(): string {
  const hex = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  );
  const part = (from: number, to: number) => hex.slice(from, to).join("");
  return [part(0, 4), part(4, 6), part(6, 8), part(8, 10), part(10, 16)].join("-");
}

/** Sent again, a run is still recorded once. `keepalive`: also from a page that is going away. @returns whether it arrived. */
export async function sendFindings(code: string, runId: string, findings: Findings): Promise<boolean> {
  const answer = await unlessOffline(
    fetch(`/api/check/${encodeURIComponent(code)}`, {
      method: "POST",
      keepalive: true,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ runId, ...findings }),
    }),
  );
  return answer?.ok ?? false;
}
