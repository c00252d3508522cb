import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { HelpCard } from "@/components/ui/help-card";
import { ownSession, requestOrigin } from "@/lib/auth/require-staff";
import { signOut } from "@/lib/auth/sign-out";
import { doorDeps } from "@/lib/http/deps";
import { clinicOf } from "@/lib/notifications/clinic";
import { lookAtOwnInvitation } from "@/lib/own-record/accept-invitation";
import { AccountFrame } from "../../../account-frame";
import { seeOwn } from "../../own";
import { OwnForm } from "../../own-form";
import { connect, goToSignIn, goToSignUp } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("own.invited");
  return { title: t("title") };
}

type Props = { params: Promise<{ code: string }> };

/** Where an invitation to one's own page leads. Opening it spends nothing, for previews open links too; the button does. */
export default async function Invited({ params }: Props) {
  const [{ code }, deps, origin, session, t] = await Promise.all([
    params,
    doorDeps(),
    requestOrigin(),
    ownSession(),
    getTranslations("own.invited"),
  ]);
  const [seen, clinic, own] = await Promise.all([
    lookAtOwnInvitation(deps, { code, origin }),
    clinicOf(deps),
    seeOwn(),
  ]);
  const staff = session?.session.kind === "staff";
  const frame = (children: ReactNode) => (
    <AccountFrame path={`/connect/${encodeURIComponent(code)}`}>
      {children}
      <HelpCard phone={clinic.phone} />
    </AccountFrame>
  );
  const leave = (
    <form action={signOut}>
      <button type="submit" className="btn btn--quiet btn--wide">
        {t("signOut")}
      </button>
    </form>
  );
  if (own || staff)
    return frame(
      <div className="stack">
        <h1>{staff ? t("title") : t("already")}</h1>
        <p>{staff ? t("staff") : t("alreadySay")}</p>
        {staff ? null : (
          <Link className="btn btn--wide" href="/visits">
            {t("toPage")}
          </Link>
        )}
        {leave}
      </div>,
    );
  if (!seen.ok)
    return frame(
      <div className="stack">
        <h1>{t("closed")}</h1>
        <p>{t("closedSay")}</p>
        {session ? (
          <Link className="btn btn--quiet btn--wide" href="/visits">
            {t("toPage")}
          </Link>
        ) : null}
      </div>,
    );
  if (!session)
    return frame(
      <>
        <div className="stack stack--tight">
          <h1>{t("title")}</h1>
          <p>{t("say", { clinic: clinic.name })}</p>
          <p>{t("signFirst")}</p>
        </div>
        <form className="stack stack--tight">
          <input type="hidden" name="code" value={code} />
          <button type="submit" className="btn btn--wide" formAction={goToSignIn}>
            {t("signIn")}
          </button>
          <button type="submit" className="btn btn--quiet btn--wide" formAction={goToSignUp}>
            {t("signUp")}
          </button>
        </form>
      </>,
    );
  return frame(
    <>
      <div className="stack stack--tight">
        <h1>{t("whose", { name: seen.value.firstName })}</h1>
        <p>{t("whoseSay", { clinic: clinic.name })}</p>
      </div>
      <OwnForm
        action={connect}
        fields={{ code }}
        look="btn--wide"
        busy={t("connecting")}
        label={t("connect")}
      />
      <p className="soft">{t("notYou")}</p>
      {leave}
    </>,
  );
}
