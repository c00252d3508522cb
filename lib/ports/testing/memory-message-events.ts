import { err, ok } from "@/lib/kernel/result";
import type { EventRefusal, MessageEvents, ReceivedEvent } from "../message-events";

/** A provider that is believed as told: what `read` answers next, oldest first; nothing told is malformed. */
export function memoryMessageEvents(): MessageEvents & {
  tell(...events: (ReceivedEvent | EventRefusal)[]): void;
} {
  const told: (ReceivedEvent | EventRefusal)[] = [];
  return {
    tell: (...more) => {
      told.push(...more);
    },
    async read() {
      const next = told.shift() ?? { code: "EVENT_MALFORMED" as const };
      return "code" in next ? err(next) : ok(next);
    },
  };
}
