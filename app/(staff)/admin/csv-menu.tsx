"use client";

import { type ReactNode, useEffect, useRef } from "react";

/** What can be saved, behind one press. A disclosure, so it opens without a script too; with one it closes once something is chosen, by Escape, and by a press elsewhere. */
export function CsvMenu({ label, children }: { label: ReactNode; children: ReactNode }) {
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const pressed = (event: PointerEvent) => {
      if (event.target instanceof Node && !menu.current?.contains(event.target)) close(menu.current);
    };
    document.addEventListener("pointerdown", pressed);
    return () => document.removeEventListener("pointerdown", pressed);
  }, []);
  return (
    <details
      ref={menu}
      className="csvmenu"
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !menu.current?.open) return;
        close(menu.current);
        menu.current.querySelector("summary")?.focus();
      }}
      onClick={(event) => {
        if (event.target instanceof Element && event.target.closest("a")) close(menu.current);
      }}
    >
      <summary className="btn btn--quiet">{label}</summary>
      <div className="csvmenu__list">{children}</div>
    </details>
  );
}

function close(menu: HTMLDetailsElement | null) {
  if (menu) menu.open = false;
}
