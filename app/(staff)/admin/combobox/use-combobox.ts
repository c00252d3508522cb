import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";

export type Option = {
  value: string;
  label: string;
  /** What tells apart who has the same label. */
  detail?: string;
};
/** What fits; `more`: others fit too, and more letters would bring them. */
export type Offered<O extends Option> = { options: readonly O[]; more: boolean };

export type ComboboxInput<O extends Option> = {
  chosen: O | null;
  choose: (option: O | null) => void;
  /** What is offered before anything is typed. */
  first: Offered<O>;
  /** What fits the letters typed. */
  find: (typed: string) => Promise<Offered<O>>;
  /** How long typing must rest before it is looked for. Milliseconds. */
  restMs: number;
  /** A last way out of the list, with what was typed; null: none. */
  elsewhere: ((typed: string) => void) | null;
};

type Phase = "idle" | "looking" | "failed";
const nothing = { options: [], more: false };

/**
 * An editable combobox with a list (WAI-ARIA 1.2): the focus stays in the field, the keys walk the list, and nothing is chosen but by Enter, by a press,
 * or by Tab where one alone fits. Another letter un-chooses, so that a name and whoever it stood for never part.
 */
export function useCombobox<O extends Option>(given: ComboboxInput<O>) {
  const { chosen, choose, first, find, restMs, elsewhere } = given;
  const listId = useId();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const [found, setFound] = useState<Offered<O> | null>(null);
  const [phase, setPhase] = useState<Phase>("idle");
  const [active, setActive] = useState(-1);
  const turn = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const entered = useRef(false);

  const offered = phase === "failed" ? nothing : (found ?? first);
  const options: readonly O[] = offered.options;
  const last = options.length - (elsewhere || phase === "failed" ? 0 : 1);
  const idOf = (at: number) => `${listId}-${at}`;
  const activeId = open && active >= 0 && active <= last ? idOf(active) : undefined;
  useEffect(() => {
    if (activeId) document.getElementById(activeId)?.scrollIntoView({ block: "nearest" });
  }, [activeId]);
  useEffect(() => () => clearTimeout(timer.current), []);

  /** Whatever is still looked for comes too late. */
  const stop = () => {
    turn.current++;
    clearTimeout(timer.current);
    entered.current = false;
    setPhase("idle");
    setActive(-1);
  };
  const take = (option: O | null) => {
    stop();
    choose(option);
    setTyped("");
    setFound(null);
    setOpen(false);
  };
  const lookAgain = () => {
    stop();
    setPhase("looking");
    void look(typed, turn.current);
  };
  /** By the last row. Where nobody knows who fits, it looks again: whoever is meant may well be there. */
  const leave = () => {
    if (phase === "failed") return lookAgain();
    if (!elsewhere) return;
    setOpen(false);
    elsewhere(chosen ? "" : typed.trim());
  };
  const takeActive = () => {
    const option = options[active];
    if (option) take(option);
    else if (active === options.length) leave();
  };

  const look = async (text: string, mine: number) => {
    const answer = await find(text).catch(() => null);
    if (mine !== turn.current) return;
    setPhase(answer ? "idle" : "failed");
    if (!answer) return;
    const [only, second] = answer.options;
    // Enter came before the answer: it meant the one who fits.
    if (entered.current && only && !second) return take(only);
    entered.current = false;
    setFound(answer);
    setActive(only ? 0 : -1);
  };
  const type = (text: string) => {
    stop();
    choose(null);
    setTyped(text);
    setOpen(true);
    if (!text.trim()) return setFound(null);
    setPhase("looking");
    const mine = turn.current;
    timer.current = setTimeout(() => void look(text, mine), restMs);
  };

  const show = (at: number) => {
    setOpen(true);
    setActive(at);
  };
  const chosenAt = options.findIndex(({ value }) => value === chosen?.value);
  const step = (by: 1 | -1) => {
    if (phase === "looking" || last < 0) return setOpen(true);
    if (open && active >= 0) setActive((active + by + last + 1) % (last + 1));
    else show(chosenAt >= 0 ? chosenAt : by === 1 ? 0 : last);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const { key, altKey } = event;
    if (event.nativeEvent.isComposing) return;
    if (key === "Tab") {
      if (open && !chosen && found && phase === "idle" && options.length === 1) take(options[0]!);
      return;
    }
    // In the field these move the caret.
    if (key === "Home" || key === "End" || key === "ArrowLeft" || key === "ArrowRight") return setActive(-1);
    if (key !== "ArrowDown" && key !== "ArrowUp" && key !== "Enter" && key !== "Escape") return;
    // Escape goes on where there is nothing to close or to empty: it may close a dialog around the field.
    if (key === "Escape" && !open && !chosen && !typed) return;
    event.preventDefault();
    event.stopPropagation();
    if (key === "ArrowDown") altKey ? setOpen(true) : step(1);
    else if (key === "ArrowUp") altKey ? setOpen(false) : step(-1);
    else if (key === "Enter") {
      if (phase === "looking") entered.current = true;
      else if (open) takeActive();
    } else if (open) setOpen(false);
    else take(null);
  };

  return {
    listId,
    open,
    phase,
    offered,
    /** Nothing was typed yet: what is offered is a beginning. */
    beginning: found === null,
    active,
    typed,
    take,
    leave,
    idOf,
    field: {
      role: "combobox",
      "aria-expanded": open,
      "aria-controls": listId,
      "aria-autocomplete": "list",
      "aria-activedescendant": activeId,
      autoComplete: "off",
      value: chosen?.label ?? typed,
      onChange: (event: { target: { value: string } }) => type(event.target.value),
      onClick: () => setOpen(true),
      onBlur: () => setOpen(false),
      onKeyDown,
    },
  } as const;
}
