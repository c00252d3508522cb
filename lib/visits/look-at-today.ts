import { createHash } from "node:crypto";
import type { Actor } from "@/lib/kernel/actor";
import type { VisitSummary } from "./answers";
import type { Need } from "./deps";
import { type Journey, listJourneys } from "./list-journeys";
import { listVisits } from "./list-visits";

export type Today = {
  /** What is on and to come, earliest first; then the last week's, latest first. */
  coming: VisitSummary[];
  earlier: VisitSummary[];
  nextCursor: string | null;
  journeys: Map<string, Journey>;
};

const hourMs = 3_600_000;

/** What staff look at all day: visits from two hours ago on, and before them, on the first page, the last week's. */
export async function lookAtToday(
  deps: Need<"db" | "clock">,
  { actor, cursor }: { actor: Actor; cursor?: string },
): Promise<Today> {
  const now = deps.clock.now().getTime();
  const turn = new Date(now - 2 * hourMs);
  const [coming, past] = await Promise.all([
    listVisits(deps, { actor, from: turn, limit: 50, cursor }),
    cursor ? null : listVisits(deps, { actor, from: new Date(now - 7 * 24 * hourMs), to: turn, limit: 100 }),
  ]);
  const earlier = [...(past?.visits ?? [])].reverse();
  const visitIds = [...coming.visits, ...earlier].map(({ visitId }) => visitId);
  return {
    coming: coming.visits,
    earlier,
    nextCursor: coming.nextCursor,
    journeys: await listJourneys(deps, { actor, visitIds }),
  };
}

/** Somebody waits to be let in, and is there. */
export const waits = ({ waitingSince, connected }: VisitSummary): boolean =>
  waitingSince !== null && connected?.waiting !== false;

/** What a page that shows this list needs to know in order to look again: nothing of anybody is in it. */
export type TodayNews = {
  /** The same for two lists that show the same; but for when somebody was last seen, which only minutes are told of. */
  version: string;
  /** How many visits have somebody in the waiting room. */
  waiting: number;
};

export function newsOf({ coming, earlier, journeys }: Today): TodayNews {
  const shown = JSON.stringify(
    [coming, earlier, [...journeys].sort(([a], [b]) => a.localeCompare(b))],
    (key, value) => (key === "lastSeenAt" ? value !== null : value),
  );
  return {
    version: createHash("sha256").update(shown).digest("base64url"),
    waiting: coming.filter(waits).length,
  };
}
