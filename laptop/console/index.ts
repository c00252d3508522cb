import type { IncomingMessage, ServerResponse } from "node:http";
import type { Chime } from "../chime/index";
import type { Connect } from "../connect/index";
import { faultShape, type Faults, readFault } from "../faults";
import { jsonHeaders, readJsonBody } from "../http/vendor-error";
import type { Inbox } from "../messages/inbox";
import type { ApiRequest, ApiResponse } from "../wire";
import { watch } from "./watch";

export type ConsoleParts = {
  inbox: Inbox;
  faults: Faults;
  chime: Chime;
  connect: Connect;
  watchers: Set<() => void>;
};

const json = (value: unknown, status = 200): ApiResponse => ({
  status,
  headers: jsonHeaders("application/json"),
  body: JSON.stringify(value),
});

/** What is ours and no vendor's: the inbox, the switches and what goes on, for the console page and for tests. */
export function openConsole(parts: ConsoleParts) {
  const { inbox, faults, chime, connect } = parts;
  return {
    async handle(
      request: ApiRequest,
      incoming: IncomingMessage,
      outgoing: ServerResponse,
    ): Promise<ApiResponse | null> {
      const { method, path, query } = request;
      switch (`${method} ${path}`) {
        case "GET /_laptop/inbox":
          return json(
            inbox.list({
              ...(query.has("to") ? { to: query.get("to") ?? "" } : {}),
              all: query.get("all") === "1",
            }),
          );
        case "DELETE /_laptop/inbox":
          inbox.clear();
          return json({});
        case "GET /_laptop/faults":
          return json(faults.list());
        case "PUT /_laptop/faults": {
          const fault = readFault(readJsonBody(request.body));
          if (!fault)
            return json(
              { message: faultShape },
              400,
            );
          faults.set(fault);
          return json(faults.list());
        }
        case "DELETE /_laptop/faults":
          faults.clear();
          return json([]);
        case "GET /_laptop/meetings":
          return json(chime.snapshot());
        case "GET /_laptop/contacts":
          return json(
            connect
              .contacts()
              .map(({ participantToken: _, attendee: __, ...contact }) => contact),
          );
        case "GET /_laptop/process": {
          const { user, system } = process.cpuUsage();
          return json({
            pid: process.pid,
            cpuMs: (user + system) / 1000,
            atMs: performance.now(),
            rssBytes: process.memoryUsage().rss,
          });
        }
        case "GET /_laptop/events":
          watch(parts.watchers, incoming, outgoing);
          return null;
        default:
          return json({ message: "The laptop cloud has nothing here." }, 404);
      }
    },
  };
}
