"use client";

import { type ReactNode, useId, useRef } from "react";

type Props = {
  /** The button that opens it. */
  ask: ReactNode;
  look?: string;
  /** The question. */
  title: ReactNode;
  children: ReactNode;
};

/**
 * A question before something that cannot be taken back, over the page, so that nothing around the button is squeezed or moves. What leaves all as
 * it is: Escape, and a `button` with `data-leave` inside. Focus goes back to the button.
 */
export function AskDialog({ ask, look = "btn--quiet btn--tiny", title, children }: Props) {
  const box = useRef<HTMLDialogElement>(null);
  const head = useId();
  return (
    <>
      <button
        type="button"
        className={`btn ${look}`}
        aria-haspopup="dialog"
        onClick={() => box.current?.showModal()}
      >
        {ask}
      </button>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: only listens to a button's press, which the keyboard does as well */}
      <dialog
        ref={box}
        className="over over--ask"
        aria-labelledby={head}
        onClick={({ target }) => {
          if (target instanceof Element && target.closest("[data-leave]")) box.current?.close();
        }}
      >
        <h2 id={head} className="gap">
          {title}
        </h2>
        {children}
      </dialog>
    </>
  );
}
