import { useTranslations } from "next-intl";
import { clockTime } from "@/lib/call/time-words";
import type { WaitingCallback } from "@/lib/desk/callbacks";
import type { CallbacksHere } from "./use-callbacks";

type Props = { callbacks: CallbacksHere; zone: string; tag: string };

/** Customers who asked to be called back, the most urgent first. Who they are shows to whoever takes one. */
export function Callbacks({ callbacks, zone, tag }: Props) {
  const t = useTranslations("desk.callbacks");
  const { now, busy, refused, gone } = callbacks;
  if (!now) return null;
  return (
    <section className="card card--flush desk__queues" aria-labelledby="desk-callbacks">
      <div className="card__head">
        <h2 id="desk-callbacks">{t("title")}</h2>
      </div>
      {now.waiting.length === 0 ? <p className="soft pad">{t("none")}</p> : null}
      <ul>
        {now.waiting.map((one) => (
          <li key={one.callbackId} className={one.place === "due" ? "is-wait" : ""}>
            <b className="grow">{t(`topic.${one.topic ?? "other"}`)}</b>
            {one.place === "due" && !now.mine ? (
              <button
                type="button"
                className="btn btn--md"
                disabled={busy}
                aria-label={t("takeNamed", { topic: t(`topic.${one.topic ?? "other"}`) })}
                onClick={() => void callbacks.take(one.callbackId)}
              >
                {t("take")}
              </button>
            ) : (
              <span />
            )}
            <When one={one} zone={zone} tag={tag} />
          </li>
        ))}
      </ul>
      <p className={gone ? "small pad" : "vh"} role="status">
        {gone ? t("gone") : ""}
      </p>
      <p className="field__error pad" role="alert" hidden={refused === null || now.mine !== null}>
        {refused}
      </p>
    </section>
  );
}

function When({ one, zone, tag }: { one: WaitingCallback; zone: string; tag: string }) {
  const t = useTranslations("desk.callbacks");
  const time = (at: string) => clockTime(new Date(at), zone, tag);
  const until = time(one.until);
  const isLate = one.place === "due" && Date.parse(one.until) < Date.now();
  return (
    <span className="small soft">
      {one.place === "taken" ? t("taken") : null}
      {one.place === "later" ? `${dayIn(one.from, zone, tag)} ${time(one.from)}` : null}
      {one.place === "due" ? t(isLate ? "overdue" : "by", { time: until }) : null}
      {one.tries > 0 ? ` · ${t("second")}` : null}
      <br />
      {t("asked", { time: `${dayIn(one.askedAt, zone, tag)} ${time(one.askedAt)}` })}
    </span>
  );
}

/** "Mon", so that an hour of tomorrow is not taken for one of today. */
function dayIn(at: string, timeZone: string, tag: string): string {
  return new Intl.DateTimeFormat(tag, { weekday: "short", timeZone }).format(new Date(at));
}
