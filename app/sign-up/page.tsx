import type { Metadata } from "next";
import Link from "next/link";
import { NextIntlClientProvider } from "next-intl";
import { getMessages, getTranslations } from "next-intl/server";
import { AccountFrame } from "../account-frame";
import { SignUpForm } from "./sign-up-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("signUp");
  return { title: t("title") };
}

export default async function SignUpPage() {
  const [t, messages] = await Promise.all([getTranslations("signUp"), getMessages()]);
  return (
    <AccountFrame path="/sign-up">
      <div>
        <h1>{t("title")}</h1>
        <p className="soft">{t("say")}</p>
      </div>
      <NextIntlClientProvider messages={{ signIn: messages.signIn, signUp: messages.signUp }}>
        <SignUpForm />
      </NextIntlClientProvider>
      <nav className="si__links" aria-label={t("title")}>
        <Link href="/sign-in">{t("have")}</Link>
        <Link href="/confirm">{t("later")}</Link>
      </nav>
    </AccountFrame>
  );
}
