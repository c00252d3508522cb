import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { requirePage } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { clinicOf } from "@/lib/notifications/clinic";
import {
  isReply,
  messageLocale,
  messageLocales,
  messageTemplates,
  replyTemplates,
} from "@/lib/notifications/message";
import type { Part } from "@/lib/notifications/placeholders";
import { sampleValues } from "@/lib/notifications/sample";
import { displayPhone, ourWording } from "@/lib/notifications/words";
import { Tabs } from "../tabs";
import { ClinicForm } from "./clinic-form";
import { localeNames } from "./names";
import { WordingForm } from "./wording-form";
import "./messages.css";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings");
  return { title: t("title") };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };
const templates = [...messageTemplates, ...replyTemplates];

/** What the clinic is called, when it keeps quiet, and what its messages say. For administrators. */
export default async function MessageSettings({ searchParams }: Props) {
  await requirePage("/admin/settings/messages");
  const [asked, t] = await Promise.all([searchParams, getTranslations("settings")]);
  const deps = await doorDeps();
  const clinic = await clinicOf(deps);
  const template = templates.find((name) => name === asked.template) ?? "initial";
  const locale = messageLocale(String(asked.locale ?? "en"));
  const parts: Part[] = isReply(template) ? ["sms"] : ["sms", "subject", "opening"];
  const values = sampleValues(clinic, locale, deps);
  const at = (change: { template?: string; locale?: string }) =>
    `/admin/settings/messages?${new URLSearchParams({ template, locale, ...change })}`;
  return (
    <main className="main">
      <div className="head">
        <h1>{t("title")}</h1>
        <p className="soft">{t("say")}</p>
      </div>
      <Tabs here="messages" />
      <div className="cols cols--form">
        <div className="stack">
          <ClinicForm
            name={clinic.name}
            phone={displayPhone(clinic.phone)}
            quietFrom={clinic.quiet.from}
            quietTo={clinic.quiet.to}
            keepChat={clinic.keepChat}
            recordingDays={clinic.recordingDays}
            mayRecord={deps.recorder !== null}
          />
          <section className="card stack" aria-labelledby="wording-head">
            <h2 id="wording-head">{t("words")}</h2>
            <nav aria-label={t("message")} className="chips">
              {templates.map((name) => (
                <Link
                  key={name}
                  className="btn btn--quiet btn--tiny"
                  href={at({ template: name })}
                  aria-current={name === template ? "page" : undefined}
                >
                  {t(`templates.${name}`)}
                </Link>
              ))}
            </nav>
            <nav aria-label={t("language")} className="chips">
              {messageLocales.map((name) => (
                <Link
                  key={name}
                  className="btn btn--quiet btn--tiny"
                  href={at({ locale: name })}
                  aria-current={name === locale ? "page" : undefined}
                >
                  {localeNames[name]}
                </Link>
              ))}
            </nav>
            {parts.map((part) => (
              <WordingForm
                key={`${template}/${locale}/${part}`}
                place={{ template, locale, part }}
                ours={ourWording(template, locale, part)}
                own={clinic.wordings.get(`${template}/${locale}/${part}`) ?? null}
                values={values}
              />
            ))}
          </section>
        </div>
      </div>
    </main>
  );
}
