"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

export function NavLink({ href, children }: { href: string; children: ReactNode }) {
  const here = usePathname() === href;
  return (
    <Link className="nav" href={href} aria-current={here ? "page" : undefined}>
      {children}
    </Link>
  );
}
