/** The languages of the catalogues (messages/<locale>). Staff pages of a language without their texts are in English. */
export const locales = ["en", "es", "ar"] as const;
export type Locale = (typeof locales)[number];

/** Those that staff pages are written in. */
export const staffLocales = ["en", "es"] as const satisfies readonly Locale[];

/** Each language by its own name: whoever looks for it reads that. */
export const languageNames: Record<Locale, string> = { en: "English", es: "Español", ar: "العربية" };

export type Language = {
  /** Whose catalogue. */
  locale: Locale;
  /** How times and days are written: the reader's own region where we know it ("en-GB" reads 14:50). BCP 47. */
  tag: string;
  dir: "ltr" | "rtl";
};

/** Where a language comes without a region: that of our clinics. */
const homes: Record<Locale, string> = { en: "en-US", es: "es-US", ar: "ar" };

/** The first wish that we have a catalogue for, or English. @param wishes BCP 47 tags, best first; what cannot be read is passed over. */
export function languageOf(
  wishes: readonly (string | null | undefined)[],
  known: readonly Locale[] = locales,
): Language {
  for (const wish of wishes) {
    const parsed = parsedTag(wish);
    const locale = known.find((it) => it === parsed?.language);
    if (!parsed || !locale) continue;
    const tag = parsed.region ? `${locale}-${parsed.region}` : homes[locale];
    // One kind of digits on a page: telephone numbers and timers are in these.
    return { locale, tag: `${tag}-u-nu-latn`, dir: locale === "ar" ? "rtl" : "ltr" };
  }
  return { locale: "en", tag: `${homes.en}-u-nu-latn`, dir: "ltr" };
}

function parsedTag(wish: string | null | undefined): Intl.Locale | null {
  if (!wish) return null;
  try {
    return new Intl.Locale(wish);
  } catch {
    return null; // a stranger's header may hold anything
  }
}

/** RFC 9110 Accept-Language, best first. At most ten are read. */
export function acceptedLanguages(header: string | null): string[] {
  return (header ?? "")
    .split(",")
    .slice(0, 10)
    .map((part) => {
      const [tag = "", ...rest] = part.trim().split(";");
      const quality = rest.map((it) => /^\s*q=([\d.]+)\s*$/.exec(it)?.[1]).find(Boolean);
      return { tag: tag.trim(), quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ tag, quality }) => tag && tag !== "*" && quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag);
}

/** The cookie of whoever chose a language on a page. */
export const languageCookie = "vs_language";
export const languageCookieMaxAgeSeconds = 365 * 86_400;

export function isLocale(text: string | null | undefined): text is Locale {
  return locales.some((known) => known === text);
}
