import type { Metadata } from "next";
import { getMessages, getTranslations } from "next-intl/server";
import { DeviceCheck } from "@/components/check/device-check";
import { VisitCard } from "@/components/prejoin/visit-card";
import { Halves } from "@/components/ui/halves";
import { HelpCard } from "@/components/ui/help-card";
import { PageTop } from "@/components/ui/page-top";
import { phoneWords } from "@/lib/call/time-words";
import { sayPageStatus } from "@/lib/http/page-status";
import { LanguageChoice } from "../../language-choice";
import { requestLanguage } from "../../request-language";
import { seeCheck } from "./check";

type Props = { params: Promise<{ shortCode: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("check");
  return { title: t("heading") };
}

/** The device check of the day before: it opens no visit and uses no link up. */
export default async function CheckPage({ params }: Props) {
  const { shortCode } = await params;
  const [check, language, t] = await Promise.all([
    seeCheck(shortCode),
    requestLanguage(),
    getTranslations("check"),
  ]);
  const top = (
    <PageTop>
      <LanguageChoice path={`/c/${encodeURIComponent(shortCode)}`} />
    </PageTop>
  );
  if (check.kind !== "open") {
    if (check.kind === "limited") sayPageStatus(429, check.retryAfterSeconds);
    else sayPageStatus(404); // over and unknown are one to whoever asks
    return (
      <main className="page page--tall">
        {top}
        <Halves state="apart" />
        <div className="stack">
          <h1>{t("closedTitle")}</h1>
          <p className="soft">
            {check.kind === "limited"
              ? t("wait", { minutes: Math.max(1, Math.ceil(check.retryAfterSeconds / 60)) })
              : t("closedSay")}
          </p>
          <HelpCard phone={check.clinic.phone} />
        </div>
      </main>
    );
  }
  const { visit, clinic } = check;
  const { preview, checking, connection } = await getMessages();
  return (
    <main className="page">
      {top}
      <VisitCard
        visit={visit}
        party="patient"
        clinician={[visit.clinicianTitle, visit.clinicianName].filter(Boolean).join("\u00a0")}
        clinicName={clinic.name}
        now={new Date()}
        tag={language.tag}
      />
      <DeviceCheck
        code={shortCode}
        locale={language.locale}
        words={checking}
        line={connection}
        preview={preview}
        help={<HelpCard phone={clinic.phone} />}
      />
      <noscript>
        <p className="banner banner--notice">
          <span>
            {t("noScript")} <a href={`tel:${clinic.phone}`}>{phoneWords(clinic.phone)}</a>
          </span>
        </p>
      </noscript>
    </main>
  );
}
