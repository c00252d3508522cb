import type { Metadata } from "next";
import Link from "next/link";
import { NextIntlClientProvider } from "next-intl";
import { getMessages, getTranslations } from "next-intl/server";
import { requestOrigin } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { sentenceOf } from "@/lib/http/problem";
import { clinicOf } from "@/lib/notifications/clinic";
import { lookAtInvitation } from "@/lib/staff/accept-invitation";
import { AccountFrame } from "../../account-frame";
import { requestLanguage } from "../../request-language";
import { AcceptForm } from "./accept-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("invited");
  return { title: t("title") };
}

type Props = { params: Promise<{ code: string }> };

/** Where an invitation's mail leads. Opening it spends nothing, for mail scanners open links too; the form does. */
export default async function Invited({ params }: Props) {
  const [deps, { code }, origin, t, messages, { locale }] = await Promise.all([
    doorDeps(),
    params,
    requestOrigin(),
    getTranslations("invited"),
    getMessages(),
    requestLanguage(),
  ]);
  const [seen, clinic] = await Promise.all([lookAtInvitation(deps, { code, origin }), clinicOf(deps)]);
  const { signIn, signUp, invited } = messages;
  return (
    <AccountFrame path={`/invited/${encodeURIComponent(code)}`}>
      {seen.ok ? (
        <>
          <div>
            <h1>{t("title")}</h1>
            <p className="soft">{t("say", { clinic: clinic.name, role: t(`roles.${seen.value.role}`) })}</p>
          </div>
          <NextIntlClientProvider messages={{ signIn, signUp, invited }}>
            <AcceptForm code={code} email={seen.value.email} />
          </NextIntlClientProvider>
        </>
      ) : (
        <div className="stack">
          <h1>{t("closed")}</h1>
          <p>{seen.error.code === "INVITATION_CLOSED" ? t("closedSay") : sentenceOf(seen.error, locale)}</p>
        </div>
      )}
      <nav className="si__links" aria-label={t("title")}>
        <Link href="/sign-in">{t("have")}</Link>
      </nav>
    </AccountFrame>
  );
}
