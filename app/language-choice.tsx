import { getTranslations } from "next-intl/server";
import { languageNames, locales } from "@/messages/locales";
import { requestLanguage } from "./request-language";

/** The other languages, each by its own name. Following one remembers it in a cookie (middleware.ts). @param path of this page. */
export async function LanguageChoice({ path }: { path: string }) {
  const [{ locale }, t] = await Promise.all([requestLanguage(), getTranslations("common")]);
  return (
    <nav className="languages" aria-label={t("languages")}>
      {locales
        .filter((other) => other !== locale)
        .map((other) => (
          <a key={other} href={`${path}?language=${other}`} lang={other} hrefLang={other} rel="nofollow">
            {languageNames[other]}
          </a>
        ))}
    </nav>
  );
}
