import { useTranslations } from "next-intl";
import { Icon } from "../ui/icon";
import type { SaidNow } from "./support-facts";

/** Said first: that nobody takes calls now and when somebody does again; or how long people wait, and until when. Nothing where nobody knows. */
export function OpeningNow({ now }: { now: SaidNow }) {
  const t = useTranslations("support.now");
  if (now.closed)
    return (
      <p className="banner banner--notice">
        <Icon name="clock" />
        <span>
          <b>{t("closed")}</b>
          <br />
          {now.opening}
        </span>
      </p>
    );
  if (!now.opening && !now.wait) return null;
  return (
    <div className="sup-now soft">
      <Icon name="clock" />
      <p>
        {now.wait ? <b>{now.wait}</b> : null}
        {now.opening ? <span>{now.opening}</span> : null}
      </p>
    </div>
  );
}
