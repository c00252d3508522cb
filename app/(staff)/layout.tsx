import Link from "next/link";
import { NextIntlClientProvider } from "next-intl";
import { getMessages, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { mayOpen } from "@/lib/auth/access";
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
  const [t, messages] = await Promise.all([getTranslations("frame"), getMessages()]);
  const { frame, visit, book, settings, find } = messages;
  const initials = actor.name
    .split(" ")
    .map((word) => word[0])
    .join("")
    .slice(0, 2);
  const pages = (
    <>
      {mayOpen("/admin", actor.role) ? (
        <NavLink href="/admin">
          <Icon name="list" />
          {t("visits")}
        </NavLink>
      ) : null}
      {mayOpen("/admin/visits/new", actor.role) ? (
        <NavLink href="/admin/visits/new">
          <Icon name="calendar" />
          {t("book")}
        </NavLink>
      ) : null}
      {mayOpen("/admin/visits", actor.role) ? (
        <NavLink href="/admin/visits">
          <Icon name="find" />
          {t("all")}
        </NavLink>
      ) : null}
      {mayOpen("/admin/messages", actor.role) ? (
        <NavLink href="/admin/messages">
          <Icon name="send" />
          {t("messages")}
        </NavLink>
      ) : null}
      {mayOpen("/admin/audit", actor.role) ? (
        <NavLink href="/admin/audit">
          <Icon name="eye" />
          {t("audit")}
        </NavLink>
      ) : null}
      {mayOpen("/admin/settings/messages", actor.role) ? (
        <NavLink href="/admin/settings/messages">
          <Icon name="pen" />
          {t("wording")}
        </NavLink>
      ) : null}
    </>
  );
  return (
    <div className="staff">
      <header className="phonebar">
        <Link href="/admin" className="logo">
          <Logo />
        </Link>
        <nav className="phonenav" aria-label={t("main")}>
          {pages}
        </nav>
        <form action={signOut} className="end">
          <button type="submit" className="btn btn--quiet">
            <Icon name="out" />
            {t("signOut")}
          </button>
        </form>
      </header>
      <div className="shell">
        <nav className="side" aria-label={t("main")}>
          <Logo />
          {pages}
          <div className="who">
            <span className="face" aria-hidden="true">
              {initials}
            </span>
            <span>
              <b>{actor.name}</b>
              <br />
              <span className="small soft">{t(`roles.${actor.role}`)}</span>
            </span>
          </div>
          <form action={signOut}>
            <button type="submit" className="btn btn--quiet btn--wide">
              <Icon name="out" />
              {t("signOut")}
            </button>
          </form>
        </nav>
        <NextIntlClientProvider
          messages={{ frame, visit: { act: visit.act }, book, settings, find: { patient: find.patient } }}
        >
          {children}
        </NextIntlClientProvider>
      </div>
    </div>
  );
}
