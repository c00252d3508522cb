import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { Halves } from "@/components/ui/halves";
import { HelpCard } from "@/components/ui/help-card";
import { Icon } from "@/components/ui/icon";
import { PageTop } from "@/components/ui/page-top";
import { doorDeps } from "@/lib/http/deps";
import { clinicOf } from "@/lib/notifications/clinic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sent");
  return { title: t("title") };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** After "Send me a new link". Tells nothing that the address doesn't, and the address tells nothing of anybody. */
export default async function Sent({ searchParams }: Props) {
  const { wait, failed } = await searchParams;
  const minutes = typeof wait === "string" && /^\d{1,4}$/.test(wait) ? Number(wait) : null;
  const sent = minutes === null && failed === undefined;
  const { phone } = await clinicOf(await doorDeps());
  return (
    <main className="page page--tall">
      <PageTop />
      <Halves state={sent ? "coming" : "apart"} />
      <div className="stack">
        {sent ? <OnItsWay /> : <NotSent minutes={minutes} />}
        <HelpCard phone={phone} />
      </div>
    </main>
  );
}

function OnItsWay() {
  const t = useTranslations("sent");
  return (
    <>
      <h1>{t("title")}</h1>
      <p className="soft">{t("say")}</p>
      <p className="banner banner--good">
        <Icon name="tick" />
        <span>{t.rich("newest", { b: (part) => <b>{part}</b> })}</span>
      </p>
      <p className="soft">{t("nothing")}</p>
    </>
  );
}

function NotSent({ minutes }: { minutes: number | null }) {
  const t = useTranslations("sent");
  return (
    <>
      <h1>{minutes === null ? t("failedTitle") : t("limitedTitle")}</h1>
      <p className="soft">{minutes === null ? t("failedSay") : t("limitedSay", { minutes })}</p>
    </>
  );
}
