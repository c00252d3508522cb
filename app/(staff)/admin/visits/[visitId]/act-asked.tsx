"use client";

import type { ComponentProps, ReactNode } from "react";
import { Act } from "./act";

/** An act that wants a second press: what it means, or what it needs to know, stands behind the first, and is brought into view. */
export function ActAsked({
  ask,
  tiny = false,
  ...act
}: { ask: ReactNode; tiny?: boolean } & ComponentProps<typeof Act>) {
  return (
    <details
      className="confirm"
      onToggle={({ currentTarget }) => {
        if (currentTarget.open) currentTarget.scrollIntoView({ block: "nearest" });
      }}
    >
      <summary className={`btn btn--quiet ${tiny ? "btn--tiny" : "btn--wide"}`}>{ask}</summary>
      <Act {...act} />
    </details>
  );
}
