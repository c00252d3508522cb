import { useTranslations } from "next-intl";
import type { Phone } from "@/lib/desk/phone/phone";
import { Since } from "./status-bar";

/** The queues that ring here, each with how many wait and for how long. Who they are shows when one is at this desk. */
export function Waiting({ phone, aheadMs }: { phone: Phone; aheadMs: number }) {
  const t = useTranslations("desk");
  return (
    <section className="card card--flush desk__queues" aria-labelledby="desk-waiting">
      <div className="card__head">
        <h2 id="desk-waiting">{t("waiting")}</h2>
      </div>
      {phone.queues.length === 0 ? <p className="soft pad">{t("noQueues")}</p> : null}
      <ul>
        {phone.queues.map(({ queueId, name, waiting, since }) => (
          <li key={queueId} className={waiting > 0 ? "is-wait" : ""}>
            <b className="grow">{name}</b>
            <span className={waiting > 0 ? "" : "soft"}>{t("waitingCount", { count: waiting })}</span>
            {since ? (
              <span className="small">
                {t("longest")} <Since at={since} aheadMs={aheadMs} />
              </span>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
