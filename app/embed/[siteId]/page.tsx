import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { NextIntlClientProvider } from "next-intl";
import { getMessages, getTranslations } from "next-intl/server";
import { Embedded } from "@/components/support/embedded";
import { framesOf } from "@/lib/host-sites/frames";
import { doorDeps } from "@/lib/http/deps";
import { clinicOf } from "@/lib/notifications/clinic";
import { readSupportNow } from "@/lib/support-calls/support-now";
import { Fresh } from "../../(customer)/fresh";
import { nowWords } from "../../(customer)/support/now-words";
import { preloadFont } from "../../preload-font";
import { requestLanguage } from "../../request-language";
import "@/components/ui/controls.css";
import "../../styles/desk.css";
import "../../(customer)/own.css";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("support");
  return { title: t("title") };
}

/** What is said of the contact centre is looked at again. Milliseconds. */
const againMs = 30_000;
type Props = { params: Promise<{ siteId: string }> };

/** Our call inside a registered site's page (decision 0054). Knows nobody until that page hands somebody over; no cookie of ours is read. */
export default async function EmbeddedPage({ params }: Props) {
  const [{ siteId }, deps] = await Promise.all([params, doorDeps()]);
  const [origins, language, messages, clinic, supportNow, sayNow] = await Promise.all([
    framesOf(deps, siteId),
    requestLanguage(),
    getMessages(),
    clinicOf(deps),
    readSupportNow(deps),
    getTranslations("support.now"),
  ]);
  if (origins.length === 0) notFound();
  preloadFont();
  const { locale, tag } = language;
  const at = deps.clock.now();
  const now = nowWords(sayNow, supportNow, { timeZone: null, tag, now: at });
  return (
    <div className="patient own">
      <NextIntlClientProvider messages={{ support: messages.support, common: messages.common }}>
        <Embedded {...{ siteId, origins, locale, tag, now }} phone={clinic.phone} />
        {supportNow.opening || supportNow.line ? <Fresh key={at.getTime()} againInMs={againMs} /> : null}
      </NextIntlClientProvider>
    </div>
  );
}
