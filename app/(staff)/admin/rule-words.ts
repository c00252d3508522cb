import { useTranslations } from "next-intl";
import { type Repeats, weekOfMonth } from "@/lib/kernel/recurrence";

/** "Every week", "every month, on the second Tuesday": by what rule visits repeat whose first falls on `day` (`YYYY-MM-DD`). */
export function useRuleWords(tag: string): (rule: Repeats, day: string) => string {
  const t = useTranslations("frame.repeats");
  return (rule, day) => {
    const date = new Date(`${day}T00:00:00Z`);
    if (rule !== "monthly" || Number.isNaN(date.getTime())) return t(rule);
    const weekday = new Intl.DateTimeFormat(tag, { weekday: "long", timeZone: "UTC" }).format(date);
    return t("monthlyOn", { week: weekOfMonth(day), weekday });
  };
}
