import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { NextIntlClientProvider } from "next-intl";
import { getMessages, getTranslations } from "next-intl/server";
import { homeOf } from "@/lib/auth/access";
import { ownNext } from "@/lib/auth/own-next";
import { ownSession } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { clinicOf } from "@/lib/notifications/clinic";
import { AccountFrame } from "../account-frame";
import { SignInForm } from "./sign-in-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("signIn");
  return { title: t("title") };
}

type Props = { searchParams: Promise<{ next?: string | string[]; done?: string | string[] }> };

/** What was done on the page before this one. */
const done = ["confirmed", "changed", "ended", "joined", "forCalls"] as const;

export default async function SignIn({ searchParams }: Props) {
  const [own, { next, done: asked }] = await Promise.all([ownSession(), searchParams]);
  if (own?.session.role === "customer") redirect(ownNext(next));
  if (own) redirect(own.session.owesSecondStep ? "/account" : homeOf(own.session.role));
  const [clinic, t, messages] = await Promise.all([
    doorDeps().then(clinicOf),
    getTranslations("signIn"),
    getMessages(),
  ]);
  const news = done.find((known) => known === asked);
  return (
    <AccountFrame path="/sign-in">
      <div>
        <h1>{t("title")}</h1>
        <p className="soft">{t("for", { clinic: clinic.name })}</p>
      </div>
      <NextIntlClientProvider messages={{ signIn: messages.signIn }}>
        <SignInForm next={typeof next === "string" ? next : undefined} news={news ? t(news) : null} />
      </NextIntlClientProvider>
      <nav className="si__links" aria-label={t("title")}>
        <Link href="/forgot">{t("forgot")}</Link>
        <Link href="/sign-up">{t("new")}</Link>
      </nav>
      <p className="soft small si__foot">{t("patients")}</p>
    </AccountFrame>
  );
}
