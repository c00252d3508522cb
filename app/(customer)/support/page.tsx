import type { Metadata } from "next";
import { NextIntlClientProvider } from "next-intl";
import { getMessages, getTranslations } from "next-intl/server";
import { Support } from "@/components/support/support";
import { HelpCard } from "@/components/ui/help-card";
import { Mark } from "@/components/ui/icon";
import { requireCustomer } from "@/lib/auth/require-staff";
import { signInAgain } from "@/lib/auth/sign-out";
import { sinceWords } from "@/lib/kernel/since-words";
import { clinicOf } from "@/lib/notifications/clinic";
import { readOwnCallbacks } from "@/lib/support-calls/own-callback";
import { listOwnCalls } from "@/lib/support-calls/own-calls";
import { readHours, readSupportNow } from "@/lib/support-calls/support-now";
import { requestLanguage } from "../../request-language";
import { Fresh } from "../fresh";
import { seeOwn } from "../own";
import { OwnTop } from "../own-top";
import { nowWords } from "./now-words";
import { offeredHours } from "./offered-hours";
import { PastCalls } from "./past-calls";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("support");
  return { title: t("title") };
}

type Props = { searchParams: Promise<{ cursor?: string | string[] }> };
const pageSize = 8;
/** What is said of the contact centre is looked at again. Milliseconds. */
const againMs = 30_000;

/** A customer calls the contact centre: known by their sign-in, so that nobody asks them who they are. */
export default async function SupportPage({ searchParams }: Props) {
  const { deps, patient, session } = await requireCustomer("/support");
  const [own, { cursor: asked }, language, t, messages, clinic] = await Promise.all([
    seeOwn(),
    searchParams,
    requestLanguage(),
    getTranslations("support"),
    getMessages(),
    clinicOf(deps),
  ]);
  const cursor = typeof asked === "string" ? asked : undefined;
  const [{ calls, nextCursor }, newest, supportNow, sayNow, sayCallback, hours, callbacks] =
    await Promise.all([
      listOwnCalls(deps, { customer: patient, cursor, limit: pageSize }),
      listOwnCalls(deps, { customer: patient, limit: 1 }),
      readSupportNow(deps),
      getTranslations("support.now"),
      getTranslations("support.callback"),
      readHours(deps),
      readOwnCallbacks(deps, { customer: patient }),
    ]);
  const open = newest.calls.find(({ status }) => status !== "ended");
  const name = own ? `${own.firstName} ${own.lastName}` : patient.name;
  const now = deps.clock.now();
  const when = sinceWords(session.authTime, now, language.tag);
  return (
    <NextIntlClientProvider messages={{ support: messages.support, common: messages.common }}>
      <Support
        facts={{
          name,
          verified: own !== null,
          open: open ? { callId: open.callId, topic: open.topic } : null,
          now: nowWords(sayNow, supportNow, { timeZone: own?.timeZone ?? null, tag: language.tag, now }),
          callback: own
            ? {
                now: callbacks,
                turn: supportNow.opening?.open !== false,
                hours: offeredHours(sayCallback, hours, { timeZone: own.timeZone, tag: language.tag, now }),
              }
            : null,
          timeZone: own?.timeZone ?? "UTC",
          tag: language.tag,
          phone: clinic.phone,
          locale: language.locale,
        }}
        top={<OwnTop here="/support" name={patient.name} connected={own !== null} />}
        proof={
          own ? (
            <section className="proof" aria-label={t("as")}>
              <div className="proof__seal">
                <Mark />
              </div>
              <div className="proof__body">
                <p className="proof__word">{t("verified")}</p>
                <h2 className="proof__title">{t("callingAs", { name })}</h2>
                <p className="small soft">{t.rich("signedInAgo", { when, b: (part) => <b>{part}</b> })}</p>
              </div>
            </section>
          ) : (
            <section className="card stack stack--tight" aria-label={t("as")}>
              <h2>{t("notKnown")}</h2>
              <p className="soft">{t("notKnownSay")}</p>
            </section>
          )
        }
        aside={
          <>
            {supportNow.opening || supportNow.line ? <Fresh key={now.getTime()} againInMs={againMs} /> : null}
            <PastCalls
              calls={calls}
              nextCursor={nextCursor}
              isFirst={cursor === undefined}
              zone={own?.timeZone ?? "UTC"}
              tag={language.tag}
            />
            <HelpCard phone={clinic.phone} />
          </>
        }
        signInAgain={signInAgain}
      />
    </NextIntlClientProvider>
  );
}
