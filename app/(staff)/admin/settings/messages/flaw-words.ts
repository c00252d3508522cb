import type { useTranslations } from "next-intl";
import type { WordingFlaw } from "@/lib/notifications/check-wording";

type Words = ReturnType<typeof useTranslations<"settings">>;

/** What is wrong with a clinic's own words, for whoever writes them. */
export function flawWords(t: Words, flaw: WordingFlaw): string {
  switch (flaw.code) {
    case "TOO_LONG":
      return t("flaws.TOO_LONG", { lettersMax: flaw.lettersMax });
    case "TOO_MANY_PARTS":
      return t("flaws.TOO_MANY_PARTS", { parts: flaw.parts, partsMax: flaw.partsMax });
    case "PLACEHOLDER_UNKNOWN":
    case "PLACEHOLDER_MISSING":
      // Braces are the catalogue's own sign, so they come with the name.
      return t(`flaws.${flaw.code}`, { name: `{${flaw.name}}` });
    case "ADDRESS":
      return t("flaws.ADDRESS", { link: "{link}" });
    case "BRACE_ALONE":
      return t("flaws.BRACE_ALONE", { open: "{", close: "}" });
    default:
      return t(`flaws.${flaw.code}`);
  }
}
