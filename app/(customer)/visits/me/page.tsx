import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { HelpCard } from "@/components/ui/help-card";
import { requireCustomer } from "@/lib/auth/require-staff";
import { clinicOf } from "@/lib/notifications/clinic";
import { listOwnMessages } from "@/lib/own-record/own-messages";
import { requestLanguage } from "../../../request-language";
import { seeOwn } from "../../own";
import { OwnTop } from "../../own-top";
import { DetailsForm } from "./details-form";
import { Messages } from "./messages";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("own");
  return { title: t("me") };
}

type Props = { searchParams: Promise<{ cursor?: string | string[] }> };

/** What the clinic has on file of a patient, what was sent to them, and their data to keep. */
export default async function OwnDetailsPage({ searchParams }: Props) {
  const { deps, patient } = await requireCustomer();
  const own = await seeOwn();
  if (!own) redirect("/visits");
  const { cursor: asked } = await searchParams;
  const cursor = typeof asked === "string" ? asked : undefined;
  const [sent, { tag }, t, clinic] = await Promise.all([
    listOwnMessages(deps, { patient, cursor }),
    requestLanguage(),
    getTranslations("own"),
    clinicOf(deps),
  ]);
  const now = deps.clock.now();
  return (
    <main className="page">
      <OwnTop here="/visits/me" name={patient.name} />
      <h1>{t("me")}</h1>
      <div className="own__cols">
        <div className="stack stack--loose">
          <section className="card stack" aria-labelledby="about">
            <h2 id="about">{t("details.title")}</h2>
            <dl className="kv">
              <dt>{t("details.name")}</dt>
              <dd>
                {own.firstName} {own.lastName}
              </dd>
              <dt>{t("details.phone")}</dt>
              <dd>{own.phone ? <bdi dir="ltr">{own.phone}</bdi> : t("details.none")}</dd>
              <dt>{t("details.email")}</dt>
              <dd>{own.email ? <bdi dir="ltr">{own.email}</bdi> : t("details.none")}</dd>
            </dl>
            <p className="soft">{t("details.change")}</p>
          </section>
          <section className="card stack" aria-labelledby="language">
            <h2 id="language">{t("details.formTitle")}</h2>
            <DetailsForm own={own} now={now} tag={tag} />
          </section>
          <section className="card stack" aria-labelledby="data">
            <h2 id="data">{t("details.dataTitle")}</h2>
            <p>{t("details.dataSay")}</p>
            <a className="btn btn--quiet" href="/api/me/data" download>
              {t("details.download")}
            </a>
            <p>{t("details.accountSay")}</p>
            <Link className="btn btn--quiet" href="/account">
              {t("account")}
            </Link>
          </section>
        </div>
        <div className="stack stack--loose">
          <Messages
            {...sent}
            paged={cursor !== undefined}
            stopped={own.textsStopped}
            zone={own.timeZone}
            tag={tag}
          />
          <HelpCard phone={clinic.phone} />
        </div>
      </div>
    </main>
  );
}
