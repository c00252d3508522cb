import type { ReactNode } from "react";
import { Mark } from "./icon";

/** @param children what stands at the other end: the choice of a language, at the door. */
export function PageTop({ children }: { children?: ReactNode }) {
  return (
    <header className="top">
      <span className="logo">
        <Mark />
        Vouchsafe
      </span>
      {children}
    </header>
  );
}
