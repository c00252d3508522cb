import Link from "next/link";
import { NextIntlClientProvider } from "next-intl";
import { getMessages, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Logo } from "@/components/ui/brand";
import { mayOpen, type PageName } from "@/lib/auth/access";
import { requireStaff } from "@/lib/auth/require-staff";
import { signOut } from "@/lib/auth/sign-out";
import { doorDeps } from "@/lib/http/deps";
import { staffRoles } from "@/lib/kernel/actor";
import { Icon } from "../icons";
import { preloadFont } from "../preload-font";
import { NavLink } from "./nav-link";
import { PhoneMenu } from "./phone-menu";
import { Told } from "./told";
import "@/components/ui/controls.css";
import "../styles/desk.css";
import "./staff.css";

/** The pages in the order in which a day meets them. Each colleague sees those that they may open. */
const menu = [
  { href: "/desk", icon: "phone", word: "desk" },
  { href: "/admin", icon: "list", word: "visits" },
  { href: "/admin/schedule", icon: "calendar", word: "schedule" },
  { href: "/admin/visits/new", icon: "plus", word: "book" },
  { href: "/admin/visits", icon: "find", word: "all" },
  { href: "/admin/patients", icon: "person", word: "patients" },
  { href: "/admin/clinicians", icon: "people", word: "clinicians" },
  { href: "/admin/rooms", icon: "phone", word: "rooms" },
  { href: "/admin/messages", icon: "send", word: "messages" },
  { href: "/admin/links", icon: "link", word: "links" },
  { href: "/admin/calls", icon: "phone", word: "calls" },
  { href: "/admin/audit", icon: "eye", word: "audit" },
  { href: "/admin/people", icon: "key", word: "people" },
  { href: "/admin/settings/messages", area: "/admin/settings", icon: "pen", word: "settings" },
] as const satisfies { href: PageName; area?: string; icon: string; word: string }[];

const areaOf = (entry: (typeof menu)[number]): string => ("area" in entry ? entry.area : entry.href);
const areas = menu.map(areaOf);

/** The frame of every staff page. Nobody who isn't signed in as staff sees anything inside it. */
export default async function StaffLayout({ children }: { children: ReactNode }) {
  preloadFont();
  const actor = await requireStaff(staffRoles);
  const [t, messages, { deskWitness }] = await Promise.all([
    getTranslations("frame"),
    getMessages(),
    doorDeps(),
  ]);
  const {
    frame,
    people,
    keys,
    sites,
    visit,
    book,
    combobox,
    weigh,
    schedule,
    today,
    settings,
    find,
    patients,
    rules,
    desk,
    rooms,
  } = messages;
  const initials = actor.name
    .split(" ")
    .map((word) => word[0])
    .join("")
    .slice(0, 2);
  const pages = menu
    .filter(({ href }) => mayOpen(href, actor.role) && (href !== "/desk" || deskWitness !== null))
    .map((entry) => (
      <NavLink key={entry.href} href={entry.href} area={areaOf(entry)} among={areas}>
        <Icon name={entry.icon} />
        {t(entry.word)}
      </NavLink>
    ));
  const leave = (wide = "") => (
    <form action={signOut}>
      <button type="submit" className={`btn btn--quiet ${wide}`}>
        <Icon name="out" />
        {t("signOut")}
      </button>
    </form>
  );
  const who = (
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
  );
  return (
    <div className="staff">
      <header className="phonebar">
        <Link href="/admin" className="logo">
          <Logo />
        </Link>
        <PhoneMenu
          label={
            <>
              <Icon name="menu" />
              {t("menu")}
            </>
          }
        >
          <nav className="phonenav" aria-label={t("main")}>
            {pages}
          </nav>
          <div className="row phonewho">
            {who}
            {leave()}
          </div>
        </PhoneMenu>
      </header>
      <div className="shell">
        <nav className="side" aria-label={t("main")}>
          <Logo />
          {pages}
          {who}
          {leave("btn--wide")}
        </nav>
        <NextIntlClientProvider
          messages={{
            frame,
            people,
            keys,
            sites,
            visit: { act: visit.act },
            book,
            weigh,
            combobox,
            schedule,
            today,
            settings,
            find: { patient: find.patient },
            patients,
            rules,
            desk,
            rooms,
          }}
        >
          {children}
          <Told />
        </NextIntlClientProvider>
      </div>
    </div>
  );
}
