import type { IncomingMessage, ServerResponse } from "node:http";

/** A page that stays open is told that something changed, at most this often. Milliseconds. */
const calmMs = 150;
const heartbeatMs = 15_000;

/** Server-sent events that say "changed" and no more: the page then asks for what it shows. */
export function watch(watchers: Set<() => void>, incoming: IncomingMessage, outgoing: ServerResponse): void {
  outgoing.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  let due: NodeJS.Timeout | null = null;
  const tell = () => {
    due ??= setTimeout(() => {
      due = null;
      outgoing.write("event: changed\ndata: {}\n\n");
    }, calmMs);
  };
  const heartbeat = setInterval(() => outgoing.write(": still here\n\n"), heartbeatMs);
  watchers.add(tell);
  tell();
  incoming.on("close", () => {
    watchers.delete(tell);
    clearInterval(heartbeat);
    if (due) clearTimeout(due);
  });
}
