import type { Tile, Who } from "./call-state";
import type { Someone } from "./people";

/** How somebody wants the others to stand. `speaker`: whoever talks is large. */
export type View = { kind: "tiled" } | { kind: "speaker" } | { kind: "pinned"; who: Who };

/** What stands where. `one`: one picture fills the stage. `tiles`: all alike. `large`: one large, the rest in a strip. */
export type Plan =
  | { kind: "one"; person: Someone | null }
  | { kind: "tiles"; people: readonly Someone[] }
  | { kind: "large"; person: Someone; strip: readonly Someone[] }
  | { kind: "screen"; tileId: number; owner: Someone | null; strip: readonly Someone[] };

/** A shared screen goes before everything: it is what is being talked about. Then what was pinned, then the wish. */
export function planStage(
  people: readonly Someone[],
  tiles: readonly Tile[],
  view: View,
  lastTalker: Who | null,
): Plan {
  const screen = tiles.findLast((tile) => tile.screen);
  if (screen) {
    const owner = people.find(({ who }) => who === screen.who) ?? null;
    return { kind: "screen", tileId: screen.tileId, owner, strip: people };
  }
  const [only = null] = people;
  if (people.length <= 1) return { kind: "one", person: only };
  const wanted = view.kind === "pinned" ? view.who : view.kind === "speaker" ? lastTalker : null;
  const large = people.find(({ who }) => who === wanted) ?? (view.kind === "speaker" ? only : null);
  if (!large) return { kind: "tiles", people };
  return { kind: "large", person: large, strip: people.filter((one) => one !== large) };
}
