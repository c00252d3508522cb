import Link from "next/link";
import { getTranslations } from "next-intl/server";

/** People, or the keys of programs. */
export async function Tabs({ here }: { here: "people" | "keys" }) {
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
    </nav>
  );
}
