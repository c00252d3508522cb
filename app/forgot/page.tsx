import type { Metadata } from "next";
import Link from "next/link";
import { NextIntlClientProvider } from "next-intl";
import { getMessages, getTranslations } from "next-intl/server";
import { AccountFrame } from "../account-frame";
import { ForgotForm } from "./forgot-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("forgot");
  return { title: t("title") };
}

export default async function Forgot() {
  const [t, messages] = await Promise.all([getTranslations("forgot"), getMessages()]);
  const { signIn, signUp, forgot } = messages;
  return (
    <AccountFrame path="/forgot">
      <h1>{t("title")}</h1>
      <NextIntlClientProvider messages={{ signIn, signUp, forgot }}>
        <ForgotForm />
      </NextIntlClientProvider>
      <nav className="si__links" aria-label={t("title")}>
        <Link href="/sign-in">{t("back")}</Link>
      </nav>
    </AccountFrame>
  );
}
