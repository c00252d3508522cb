import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Desk } from "@/components/desk/desk";
import { readerTimeZone, requirePage } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { requestLanguage } from "../../request-language";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("desk");
  return { title: t("title") };
}

/** Where calls ring. In front of the real cloud that is Amazon Connect's own panel, and this page says so. */
export default async function DeskPage() {
  await requirePage("/desk");
  const { agentDoor } = await doorDeps();
  const [t, zone, { tag }] = await Promise.all([
    getTranslations("desk"),
    readerTimeZone(),
    requestLanguage(),
  ]);
  if (agentDoor) return <Desk zone={zone} tag={tag} />;
  return (
    <main className="main">
      <h1>{t("title")}</h1>
      <div className="card empty">
        <h2>{t("elsewhere")}</h2>
        <p className="soft">{t("elsewhereSay")}</p>
      </div>
    </main>
  );
}
