import { type ConnectionFigures, nothingMeasured } from "@/lib/kernel/connection";
import type { ConnectionCheck } from "@/lib/visits/answers";
import { later } from "../later";
import { checkConnection } from "./check-connection";
import { measureDevice } from "./measure-device";
import { measureNetwork } from "./measure-network";

/** By which link the check is begun, and its code. */
export type CheckLink = { link: "join" | "check"; code: string };

function post(path: string, body: object, more: RequestInit = {}): Promise<Response> {
  const headers = { "content-type": "application/json" };
  return fetch(path, { ...more, method: "POST", headers, body: JSON.stringify(body) });
}

/** The check of this page, in this browser. @returns null where `signal` stopped it. */
export function runCheck(by: CheckLink, signal: AbortSignal): Promise<ConnectionFigures | null> {
  const network = {
    fetch: (...asked: Parameters<typeof fetch>) => fetch(...asked),
    now: () => performance.now(),
  };
  return checkConnection(
    {
      async begin(stopped) {
        const answer = await post("/api/connection", by, { signal: stopped });
        if (!answer.ok) throw new Error(`no meeting for a check: ${answer.status}`);
        return (await answer.json()) as ConnectionCheck;
      },
      end(checkId) {
        // Should it not arrive, the worker ends the meeting a minute after it was made.
        post("/api/connection/end", { checkId }, { keepalive: true }).catch(() => undefined);
      },
      loadProbe: async () => (await import("../media/probe-chime")).probeChime,
      measureNetwork: (stopped) => measureNetwork(network, stopped),
      measureDevice,
      after: later,
    },
    signal,
  ).catch((fault: unknown) => {
    reportError(fault); // ours to mend; the person reads that it could not be told, and may try again
    return signal.aborted ? null : nothingMeasured;
  });
}
