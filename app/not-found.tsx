import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { Logo } from "@/components/ui/brand";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("missing");
  return { title: t("title") };
}

export default function NotFound() {
  const t = useTranslations("missing");
  return (
    <main className="page patient">
      <div className="top">
        <Logo />
      </div>
      <h1>{t("heading")}</h1>
      <p>{t("say")}</p>
      {/* Not next/link: every page loads this file's script, the door's too. */}
      <a className="btn btn--quiet" href="/">
        {t("start")}
      </a>
    </main>
  );
}
