"use client";

import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";

/** The way to every page on a phone, behind one press. A disclosure, so it opens without a script too; with one it closes when a page is chosen. */
export function PhoneMenu({ label, children }: { label: ReactNode; children: ReactNode }) {
  const menu = useRef<HTMLDetailsElement>(null);
  const here = usePathname();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new address is what closes it
  useEffect(() => {
    if (menu.current) menu.current.open = false;
  }, [here]);
  return (
    <details
      ref={menu}
      className="phonemenu"
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !menu.current?.open) return;
        menu.current.open = false;
        menu.current.querySelector("summary")?.focus();
      }}
    >
      <summary className="btn btn--quiet">{label}</summary>
      {children}
    </details>
  );
}
