import type { MessageLocale } from "@/lib/notifications/message";

/** Each by its own name, as those who read it know it. */
export const localeNames: Record<MessageLocale, string> = { en: "English", es: "Español", ar: "العربية" };
