import Link from "next/link";
import type { ReactNode } from "react";
import { requireStaff } from "@/lib/auth/require-staff";
import { signOut } from "@/lib/auth/sign-out";
import { staffRoles } from "@/lib/kernel/actor";
import { Icon, Logo } from "../icons";
import { preloadFont } from "../preload-font";
import { NavLink } from "./nav-link";
import "@/components/ui/controls.css";
import "../styles/desk.css";
import "./staff.css";

/** The frame of every staff page. Nobody who isn't signed in as staff sees anything inside it. */
export default async function StaffLayout({ children }: { children: ReactNode }) {
  preloadFont();
  const actor = await requireStaff(staffRoles);
  const initials = actor.name
    .split(" ")
    .map((word) => word[0])
    .join("")
    .slice(0, 2);
  return (
    <div className="staff">
      <header className="phonebar">
        <Link href="/admin" className="logo">
          <Logo />
        </Link>
        <form action={signOut} className="end">
          <button type="submit" className="btn btn--quiet">
            <Icon name="out" />
            Sign out
          </button>
        </form>
      </header>
      <div className="shell">
        <nav className="side" aria-label="Main">
          <Logo />
          <NavLink href="/admin">
            <Icon name="list" />
            Visits
          </NavLink>
          <NavLink href="/admin/visits/new">
            <Icon name="calendar" />
            Book a visit
          </NavLink>
          {actor.role === "admin" ? (
            <NavLink href="/admin/settings/messages">
              <Icon name="send" />
              Messages
            </NavLink>
          ) : null}
          <div className="who">
            <span className="face" aria-hidden="true">
              {initials}
            </span>
            <span>
              <b>{actor.name}</b>
              <br />
              <span className="small soft">{actor.role[0]?.toUpperCase() + actor.role.slice(1)}</span>
            </span>
          </div>
          <form action={signOut}>
            <button type="submit" className="btn btn--quiet btn--wide">
              <Icon name="out" />
              Sign out
            </button>
          </form>
        </nav>
        {children}
      </div>
    </div>
  );
}
