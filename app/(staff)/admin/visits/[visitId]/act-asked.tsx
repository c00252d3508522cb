import type { ComponentProps } from "react";
import { Act } from "./act";

/** An act that wants a second press: what it means, or what it needs to know, stands behind the first. */
export function ActAsked({ ask, ...act }: { ask: string } & ComponentProps<typeof Act>) {
  return (
    <details className="confirm">
      <summary className="btn btn--quiet btn--wide">{ask}</summary>
      <Act {...act} />
    </details>
  );
}
