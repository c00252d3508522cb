import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { readerTimeZone, requirePage } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { calendarDay } from "@/lib/kernel/times";
import { clinicOf } from "@/lib/notifications/clinic";
import { requestLanguage } from "../../../../request-language";
import { Tabs } from "../tabs";
import { RemindersForm } from "./reminders-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("rules.reminders");
  return { title: t("title") };
}

const daysAhead = 3;

/** When patients are reminded of their visits. For administrators. */
export default async function ReminderSettings() {
  await requirePage("/admin/settings/reminders");
  const [deps, zone, { tag }, t] = await Promise.all([
    doorDeps(),
    readerTimeZone(),
    requestLanguage(),
    getTranslations("rules.reminders"),
  ]);
  const { reminders, quiet } = await clinicOf(deps);
  const day = calendarDay(new Date(deps.clock.now().getTime() + daysAhead * 86_400_000), zone);
  return (
    <main className="main">
      <div className="head">
        <h1>{t("title")}</h1>
        <p className="soft">{t("say", { from: quiet.from, to: quiet.to })}</p>
      </div>
      <Tabs here="reminders" />
      <div className="cols cols--form">
        <RemindersForm rules={reminders} {...{ quiet, day, zone, tag }} />
      </div>
    </main>
  );
}
