import type { Acted, DeskPhone, Phone } from "./phone";

/** What it needs of a browser; a test brings its own. */
export type OwnPhoneDeps = {
  openEvents: (url: string) => EventSource;
  fetch: typeof fetch;
  after: (ms: number, run: () => void) => () => void;
  now: () => number;
};

const againMs = 3_000;

/** The phone that our own server speaks for. @param words for when it doesn't answer. */
export function ownPhone(deps: OwnPhoneDeps, words: { unheard: string }): DeskPhone {
  return {
    voices: "page",
    follow(told) {
      let source: EventSource | null = null;
      let cancel: (() => void) | null = null;
      const listen = () => {
        source = deps.openEvents("/api/desk/events");
        source.addEventListener("state", (event) => {
          const { now, phone } = JSON.parse((event as MessageEvent<string>).data) as {
            now: string;
            phone: Phone | null;
          };
          told(phone ? { line: "live", phone, aheadMs: deps.now() - Date.parse(now) } : { line: "away" });
        });
        source.addEventListener("error", () => {
          told({ line: "lost" });
          // CLOSED: the browser has given up by itself (an HTTP error); otherwise it is already trying again.
          if (source?.readyState === 2) cancel = deps.after(againMs, listen);
        });
      };
      listen();
      return () => {
        source?.close();
        cancel?.();
      };
    },

    async act(act): Promise<Acted> {
      const response = await deps
        .fetch("/api/desk/acts", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(act),
        })
        .catch(() => null); // no network: said as such
      if (!response) return { ok: false, say: words.unheard };
      const answer = (await response.json().catch(() => ({}))) as { title?: string; detail?: string };
      if (response.ok) return { ok: true, phone: answer as unknown as Phone };
      return {
        ok: false,
        say: answer.title ? `${answer.title}. ${answer.detail ?? ""}`.trim() : words.unheard,
      };
    },
  };
}
