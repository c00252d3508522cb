import Link from "next/link";
import { getTranslations } from "next-intl/server";

const tabs = ["messages", "brand", "reminders", "retention"] as const;

/** What an administrator settles for the whole clinic, page by page. */
export async function Tabs({ here }: { here: (typeof tabs)[number] }) {
  const t = await getTranslations("rules");
  return (
    <nav className="row row--wrap views" aria-label={t("sections")}>
      {tabs.map((tab) => (
        <Link
          key={tab}
          className="btn btn--quiet"
          href={`/admin/settings/${tab}`}
          aria-current={tab === here ? "page" : undefined}
        >
          {t(`tabs.${tab}`)}
        </Link>
      ))}
    </nav>
  );
}
