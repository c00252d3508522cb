import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { NextIntlClientProvider } from "next-intl";
import { getMessages, getTranslations } from "next-intl/server";
import { Logo } from "@/components/ui/brand";
import { accessTokenOf, listSessions } from "@/lib/auth/own-sessions";
import { recoveryCodesLeft } from "@/lib/auth/recovery-codes";
import { ownSession } from "@/lib/auth/require-staff";
import { signOut } from "@/lib/auth/sign-out";
import { sentenceOf } from "@/lib/http/problem";
import { Icon } from "../icons";
import { LanguageChoice } from "../language-choice";
import { preloadFont } from "../preload-font";
import { requestLanguage } from "../request-language";
import "@/components/ui/controls.css";
import "../styles/desk.css";
import "../account-frame.css";
import { AppCard } from "./app-card";
import { CodesCard } from "./codes-card";
import { PasswordCard } from "./password-card";
import { SessionsCard } from "./sessions-card";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account");
  return { title: t("title") };
}

type Props = { searchParams: Promise<{ done?: string | string[] }> };

/** One's own account: password, authenticator app, sign-ins. Staff who owe a second step are led here and no further. */
export default async function Account({ searchParams }: Props) {
  preloadFont();
  const own = await ownSession();
  if (!own) redirect("/sign-in");
  const { deps, session } = own;
  const accessToken = (await accessTokenOf(deps, session)) ?? redirect("/sign-in");
  const [user, left, sessions, { locale, tag }, t, messages, { done }] = await Promise.all([
    deps.identity.user(accessToken),
    recoveryCodesLeft(deps, session),
    listSessions(deps, session),
    requestLanguage(),
    getTranslations("account"),
    getMessages(),
    searchParams,
  ]);
  const { signIn, signUp, account } = messages;
  const staff = session.kind === "staff";
  return (
    <main className="ac">
      <div className="ac__top">
        <Logo />
        <LanguageChoice path="/account" />
      </div>
      <h1>{t("title")}</h1>
      {session.owesSecondStep ? (
        <p className="banner banner--notice" role="status">
          <Icon name="warn" />
          <span>{t("owes")}</span>
        </p>
      ) : null}
      {done === "app" ? (
        <p className="banner banner--good" role="status">
          <Icon name="good" />
          <span>{t("appDone")}</span>
        </p>
      ) : null}
      {user.ok ? (
        <p>{t("signedInAs", { email: user.value.email })}</p>
      ) : (
        <p className="banner banner--danger" role="alert">
          <Icon name="warn" />
          <span>{sentenceOf(user.error, locale)}</span>
        </p>
      )}
      <div className="row row--wrap">
        {staff && !session.owesSecondStep ? (
          <Link className="btn" href="/admin">
            {t("toWork")}
          </Link>
        ) : null}
        {staff ? null : (
          <Link className="btn" href="/visits">
            {t("toVisits")}
          </Link>
        )}
        <form action={signOut}>
          <button type="submit" className="btn btn--quiet">
            <Icon name="out" />
            {t("signOut")}
          </button>
        </form>
      </div>
      <NextIntlClientProvider messages={{ signIn, signUp, account }}>
        {user.ok ? (
          <section className="card stack" aria-labelledby="app">
            <h2 id="app">{t("appTitle")}</h2>
            <AppCard on={user.value.totp} mayStop={!(staff && deps.env.STAFF_MFA === "required")} />
            {user.value.totp ? <CodesCard left={left} /> : null}
          </section>
        ) : null}
        <section className="card stack" aria-labelledby="pw">
          <h2 id="pw">{t("passwordTitle")}</h2>
          <PasswordCard />
        </section>
      </NextIntlClientProvider>
      <section className="card stack" aria-labelledby="where">
        <h2 id="where">{t("where")}</h2>
        <SessionsCard sessions={sessions} own={session.id} zone={session.timeZone} tag={tag} />
      </section>
    </main>
  );
}
