import Link from "next/link";
import { getTranslations } from "next-intl/server";

/** People, the keys of programs, or the sites that hold our call. */
export async function Tabs({ here }: { here: "people" | "keys" | "sites" }) {
  const t = await getTranslations("people");
  return (
    <nav className="row row--wrap views" aria-label={t("sections")}>
      <Link
        className="btn btn--quiet"
        href="/admin/people"
        aria-current={here === "people" ? "page" : undefined}
      >
        {t("peopleTab")}
      </Link>
      <Link
        className="btn btn--quiet"
        href="/admin/people/keys"
        aria-current={here === "keys" ? "page" : undefined}
      >
        {t("keysTab")}
      </Link>
      <Link
        className="btn btn--quiet"
        href="/admin/people/sites"
        aria-current={here === "sites" ? "page" : undefined}
      >
        {t("sitesTab")}
      </Link>
    </nav>
  );
}
