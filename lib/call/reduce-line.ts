import type { CallEvent, Inside, Pictures } from "./call-state";
import { publish, type Step, stay } from "./settle";

type LineEvent = Extract<CallEvent, { type: "quality" | "other-quality" | "pictures-off" | "pictures-on" }>;

/** Who asks for the pictures back gets them for this long, however bad the line is: it is their call. */
const keepPicturesMs = 60_000;

/** How the line is, and what it carries: sound always, pictures while it can. */
export function reduceLine(state: Inside, event: LineEvent): Step {
  switch (event.type) {
    case "quality": {
      if (!state.mediaUp || state.quality === event.quality) return stay(state);
      const next = { ...state, quality: event.quality };
      const tooBad = event.quality === "bad" && state.phase === "live" && state.pictures.shown;
      if (!tooBad || event.atMs < state.picturesKeptUntilMs) return stay(next);
      return withPictures(next, { shown: false, why: "by-line" });
    }
    case "other-quality":
      return stay({ ...state, qualities: { ...state.qualities, [event.who]: event.quality } });
    case "pictures-off":
      return withPictures(state, { shown: false, why: "by-choice" });
    case "pictures-on":
      return withPictures({ ...state, picturesKeptUntilMs: event.atMs + keepPicturesMs }, { shown: true });
  }
}

function withPictures(state: Inside, pictures: Pictures): Step {
  const step = publish({ ...state, pictures });
  return {
    state: step.state,
    effects: [{ do: "watch", cameras: pictures.shown }, ...step.effects],
  };
}
