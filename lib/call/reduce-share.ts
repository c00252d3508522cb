import { leads } from "./call-facts";
import type { CallEvent, Effect, Inside, Sharing, Who } from "./call-state";
import { type Step, stay } from "./settle";

type ShareEvent = Extract<
  CallEvent,
  {
    type:
      | "share"
      | "share-stop"
      | "share-told"
      | "share-ask"
      | "share-asked"
      | "share-unasked"
      | "share-refused"
      | "share-answer"
      | "share-withdrawn"
      | "share-not-told";
  }
>;

/** May this page's person show their screen without asking? The cloud says the same, whatever a page believes. */
export function mayShare(state: Inside): boolean {
  return leads(state.seat.party) || state.live?.you.mayShare === true;
}

/** One screen at a time: whoever shows theirs, or null. `me`: this page. */
export function sharer({ tiles, sharing }: Pick<Inside, "tiles" | "sharing">): Who | null {
  if (sharing.mine !== "off") return "me";
  return tiles.findLast(({ screen }) => screen)?.who ?? null;
}

/** The sharing of screens. Asking and answering are words; the leave itself is the server's to give and the cloud's to keep. */
export function reduceShare(state: Inside, event: ShareEvent): Step {
  const { sharing } = state;
  const become = (change: Partial<Sharing>, effects: Effect[] = []): Step => ({
    state: { ...state, sharing: { ...sharing, ...change } },
    effects,
  });
  switch (event.type) {
    case "share":
      if (state.phase !== "live" || sharer(state) !== null) return stay(state);
      if (!mayShare(state)) return stay(state);
      return become({ mine: "starting", asked: false, trouble: null }, [{ do: "share" }]);
    case "share-stop":
      return sharing.mine === "off" ? stay(state) : become({ mine: "off" }, [{ do: "share-stop" }]);
    case "share-told":
      return told(state, event.now, become);
    case "share-ask":
      return state.phase === "live" && !sharing.asked
        ? become({ asked: true, trouble: null }, [{ do: "ask-to-share" }])
        : stay(state);
    case "share-asked":
      return !leads(state.seat.party) || !isInside(state, event.who) || sharing.askers.includes(event.who)
        ? stay(state)
        : become({ askers: [...sharing.askers, event.who] }, [{ do: "play", sound: "knock" }]);
    case "share-unasked":
      return become({ askers: sharing.askers.filter((who) => who !== event.who) });
    case "share-refused":
      return sharing.asked && event.seatId === state.seat.seatId && isInside(state, event.who, "clinician")
        ? become({ asked: false, trouble: "refused" })
        : stay(state);
    case "share-answer":
      return answer(state, event, become);
    case "share-withdrawn":
      return become({ asked: false, trouble: null }, sharing.asked ? [{ do: "unask-to-share" }] : []);
    case "share-not-told":
      return become({ askers: notYetAllowed(state, event.seatId), trouble: "not-told" });
  }
}

/** Whoever only asked has no leave that the server could take back: a word is all they need. */
function answer(
  { sharing }: Inside,
  { seatId, mayShare }: Extract<CallEvent, { type: "share-answer" }>,
  become: (change: Partial<Sharing>, effects?: Effect[]) => Step,
): Step {
  const asks = sharing.askers.includes(seatId);
  const askers = sharing.askers.filter((who) => who !== seatId);
  const effect: Effect =
    asks && !mayShare ? { do: "refuse-share", seatId } : { do: "let-share", seatId, mayShare };
  return become({ askers, trouble: null }, [effect]);
}

/** An answer that the server didn't take is still to be given; to stop a screen there is a button as long as it stands. */
function notYetAllowed({ sharing, tiles }: Inside, seatId: Who): readonly Who[] {
  const shows = tiles.some(({ who, screen }) => screen && who === seatId);
  return shows || sharing.askers.includes(seatId) ? sharing.askers : [...sharing.askers, seatId];
}

function told(
  state: Inside,
  now: Extract<CallEvent, { type: "share-told" }>["now"],
  become: (change: Partial<Sharing>, effects?: Effect[]) => Step,
): Step {
  if (state.sharing.mine === "off") return stay(state);
  if (now === "on") return become({ mine: "on", trouble: null });
  // Nothing to say where its owner closed the chooser, or pressed the browser's own stop.
  return become({ mine: "off", trouble: now === "failed" ? "failed" : null });
}

/** A wish counts from those who were let in, and from nobody else. */
function isInside({ live }: Inside, who: Who, as?: "clinician"): boolean {
  const person = live?.parties.find(({ seatId, state }) => seatId === who && state === "in-call");
  return person !== undefined && (!as || person.party === as);
}

/** A session made anew shows no screen: who was showing one is told to begin again. */
export function cutOff(sharing: Sharing): Sharing {
  return sharing.mine === "off" ? sharing : { ...sharing, mine: "off", trouble: "failed" };
}

/** The clinician has taken the leave back: the cloud drops the screen already, and its owner's browser stops taking it. */
export function keepLeave(step: Step): Step {
  const { state, effects } = step;
  if (!("sharing" in state) || state.sharing.mine === "off" || mayShare(state)) return step;
  return {
    state: { ...state, sharing: { ...state.sharing, mine: "off", trouble: "stopped" } },
    effects: [...effects, { do: "share-stop" }],
  };
}

/** Two began at the same moment: one screen at a time, and the clinician's stays. */
export function giveWay(state: Inside): Step {
  const another = state.tiles.some(({ screen }) => screen);
  if (!another || state.sharing.mine === "off" || leads(state.seat.party)) return stay(state);
  return { state: { ...state, sharing: { ...state.sharing, mine: "off" } }, effects: [{ do: "share-stop" }] };
}
