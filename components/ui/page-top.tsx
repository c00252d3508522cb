import type { ReactNode } from "react";
import { Logo } from "./brand";

/** @param children what stands at the other end: the choice of a language, at the door. */
export function PageTop({ children }: { children?: ReactNode }) {
  return (
    <header className="top">
      <Logo />
      {children}
    </header>
  );
}
