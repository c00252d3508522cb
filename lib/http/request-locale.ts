import { acceptedLanguages, type Locale, languageCookie, languageOf } from "@/messages/locales";
import { readCookie } from "./holder";

/** The language in which an API caller reads: what they chose on a page of ours, else what they ask for, else English. */
export function requestLocale(headers: Headers): Locale {
  return languageOf([
    readCookie(headers, languageCookie),
    ...acceptedLanguages(headers.get("accept-language")),
  ]).locale;
}
