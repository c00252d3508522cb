import type { Db } from "@/db/as-actor";
import { visitChangedChannel } from "@/lib/visits/changed";

/** One visit's live pages: two parties, a second device each, staff who watch. Beyond it pages ask instead of listening. */
const listenersPerVisit = 24;
const listenersInAll = 5_000;

type Listener = () => void;
export type VisitFeed = {
  /** Calls `changed` after each committed change of the visit, and whenever changes may have been missed. @returns null when full. */
  follow(visitId: string, changed: Listener): Promise<(() => void) | null>;
};

/** One LISTEN connection for the whole process, opened at the first listener, fanned out by visit. */
export function openVisitFeed(db: Pick<Db, "listen">): VisitFeed {
  const byVisit = new Map<string, Set<Listener>>();
  let size = 0;
  let listening: Promise<unknown> | null = null;
  const everybody = () => [...byVisit.values()].flatMap((listeners) => [...listeners]);
  const listen = () => {
    listening ??= db
      .listen(
        visitChangedChannel,
        (visitId) => {
          for (const changed of [...(byVisit.get(visitId) ?? [])]) changed();
        },
        () => {
          // The connection came (back): whatever was told in between, nobody here heard.
          for (const changed of everybody()) changed();
        },
      )
      .catch((error: unknown) => {
        listening = null;
        throw error;
      });
    return listening;
  };

  return {
    async follow(visitId, changed) {
      await listen();
      const listeners = byVisit.get(visitId) ?? new Set();
      if (listeners.size >= listenersPerVisit || size >= listenersInAll) return null;
      byVisit.set(visitId, listeners.add(changed));
      size++;
      return () => {
        if (!listeners.delete(changed)) return;
        size--;
        if (listeners.size === 0) byVisit.delete(visitId);
      };
    },
  };
}
