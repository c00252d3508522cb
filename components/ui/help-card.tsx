import { useTranslations } from "next-intl";
import { phoneWords } from "@/lib/call/time-words";
import { Icon } from "./icon";

/** Never a dead end: the clinic's number, on every page that refuses something. @param phone E.164 */
export function HelpCard({ phone }: { phone: string }) {
  const t = useTranslations("common");
  return (
    <section className="card stack stack--tight">
      <b>{t("needHelp")}</b>
      <a className="btn btn--quiet btn--wide" href={`tel:${phone}`}>
        <Icon name="phone" />
        {t("callNumber", { number: phoneWords(phone) })}
      </a>
      <p className="small hint">{t("emergency")}</p>
    </section>
  );
}
