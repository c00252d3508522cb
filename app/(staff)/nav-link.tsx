"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

type Props = {
  href: string;
  /** Of the pages that it stands for, where that is more than its own. */
  area?: string;
  /** Every area of the menu. */
  among: readonly string[];
  children: ReactNode;
};

/** An entry of the menu. It is marked on its own page, and on pages below it that have no entry of their own. */
export function NavLink({ href, area = href, among, children }: Props) {
  const path = usePathname();
  const nearest = among
    .filter((one) => path === one || (one !== "/admin" && path.startsWith(`${one}/`)))
    .reduce((best, one) => (one.length > best.length ? one : best), "");
  const current = path === href ? "page" : nearest === area ? "true" : undefined;
  return (
    <Link className="nav" href={href} aria-current={current}>
      {children}
    </Link>
  );
}
