"use client";

import { type ComponentType, useState } from "react";
import { Icon } from "../ui/icon";
import type { DoorFacts } from "./door-facts";
import { usePreviewWords } from "./preview-words";

type Check = ComponentType<{ close: () => void }>;

/** A small button beside the way in. The check behind it, its words among them, loads when it is pressed. */
export function ConnectionOffer({ door, callForm }: { door: DoorFacts; callForm: string | null }) {
  const words = usePreviewWords().connection;
  const [Shown, setShown] = useState<Check | null>(null);
  const [state, setState] = useState<"idle" | "loading" | "failed">("idle");
  async function load() {
    setState("loading");
    try {
      const { ConnectionCheck, connectionWords } = await import("../connection/connection-check");
      const said = await connectionWords(door.language.locale);
      const by = { link: "join", code: door.code } as const;
      const Bound: Check = ({ close }) => (
        <ConnectionCheck by={by} words={said} callForm={callForm} close={close} />
      );
      setShown(() => Bound);
      setState("idle");
    } catch {
      setState("failed"); // no network: said below
    }
  }
  if (Shown) return <Shown close={() => setShown(null)} />;
  return (
    <div className="stack stack--tight">
      <button
        type="button"
        className={state === "loading" ? "btn btn--quiet btn--wide is-busy" : "btn btn--quiet btn--wide"}
        onClick={() => void load()}
      >
        <Icon name="wifi" />
        {state === "loading" ? words.loading : words.check}
      </button>
      <p className="small field__error" role="alert" hidden={state !== "failed"}>
        {words.notLoaded}
      </p>
    </div>
  );
}
