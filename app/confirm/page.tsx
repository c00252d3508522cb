import type { Metadata } from "next";
import Link from "next/link";
import { NextIntlClientProvider } from "next-intl";
import { getMessages, getTranslations } from "next-intl/server";
import { AccountFrame } from "../account-frame";
import { ConfirmForm } from "../sign-up/confirm-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("signUp");
  return { title: t("confirm") };
}

export default async function ConfirmPage() {
  const [t, messages] = await Promise.all([getTranslations("signUp"), getMessages()]);
  return (
    <AccountFrame path="/confirm">
      <div>
        <h1>{t("confirm")}</h1>
      </div>
      <NextIntlClientProvider messages={{ signIn: messages.signIn, signUp: messages.signUp }}>
        <ConfirmForm />
      </NextIntlClientProvider>
      <nav className="si__links" aria-label={t("title")}>
        <Link href="/sign-in">{t("have")}</Link>
        <Link href="/sign-up">{t("title")}</Link>
      </nav>
    </AccountFrame>
  );
}
