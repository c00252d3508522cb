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

/** Where calls ring: on the laptop by our own server, in front of the real cloud by Amazon Connect's own panel in the page. */
export default async function DeskPage() {
  const { role } = await requirePage("/desk");
  const { agentDoor, deskWitness, env } = await doorDeps();
  const [t, zone, { tag }] = await Promise.all([
    getTranslations("desk"),
    readerTimeZone(),
    requestLanguage(),
  ]);
  const ccpUrl = agentDoor ? null : (env.NEXT_PUBLIC_CONNECT_CCP_URL ?? null);
  if (deskWitness)
    return <Desk {...{ zone, tag, ccpUrl }} callsBack={role === "agent" || role === "admin"} />;
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
