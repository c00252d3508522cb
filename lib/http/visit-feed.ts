import type { Db } from "@/db/as-actor";
import { visitChangedChannel } from "@/lib/visits/changed";

/** One visit's live pages: two parties, a second device each, staff who watch. Beyond it pages ask instead of listening. */
const listenersPerVisit = 24;
const listenersInAll = 5_000;
/** Pages that watch the whole list: one or two for each colleague at work. */
const watchersInAll = 200;
/** Whoever watches everything is told this often at most: a busy clinic changes many times a second. Milliseconds. */
const restMs = 1_000;

type Listener = () => void;
export type VisitFeed = {
  /** Calls `changed` after each committed change of the visit, and whenever changes may have been missed. @returns null when full. */
  follow(visitId: string, changed: Listener): Promise<(() => void) | null>;
  /** The same for any visit: changes that come close together are told once, within a second. */
  followAll(changed: Listener): Promise<(() => void) | null>;
};

/** One LISTEN connection for the whole process, opened at the first listener, fanned out by visit; or, on a channel of theirs, by room. */
export function openVisitFeed(db: Pick<Db, "listen">, channel = visitChangedChannel): VisitFeed {
  const byVisit = new Map<string, Set<Listener>>();
  const watchers = new Set<Listener>();
  let resting: NodeJS.Timeout | null = null;
  let size = 0;
  let listening: Promise<unknown> | null = null;
  const tellWatchers = () => {
    if (watchers.size === 0 || resting) return;
    resting = setTimeout(() => {
      resting = null;
      for (const changed of [...watchers]) changed();
    }, restMs);
  };
  const everybody = () => [...byVisit.values()].flatMap((listeners) => [...listeners]);
  const listen = () => {
    listening ??= db
      .listen(
        channel,
        (visitId) => {
          for (const changed of [...(byVisit.get(visitId) ?? [])]) changed();
          tellWatchers();
        },
        () => {
          // The connection came (back): whatever was told in between, nobody here heard.
          for (const changed of everybody()) changed();
          tellWatchers();
        },
      )
      .catch((error: unknown) => {
        listening = null;
        throw error;
      });
    return listening;
  };

  return {
    async followAll(changed) {
      await listen();
      if (watchers.size >= watchersInAll) return null;
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
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
