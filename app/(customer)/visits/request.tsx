import { useTranslations } from "next-intl";
import { Icon } from "@/components/ui/icon";
import { shortDay } from "@/lib/kernel/times";
import type { OwnVisit } from "@/lib/visits/own-visits";
import { OwnForm } from "../own-form";
import { takeBack } from "./actions";

type Props = { visit: OwnVisit; tag: string };

/** What was asked, and what came of it; told by a screen reader when it comes. */
export function Request(props: Props) {
  return (
    <div role="status" className="own__asked">
      <Asked {...props} />
    </div>
  );
}

function Asked({ visit, tag }: Props) {
  const t = useTranslations("own");
  const { request } = visit;
  if (!request || request.outcome === "cancelled") return null;
  // A day of the calendar is the same in every zone.
  const dayWords = (day: string) => shortDay(new Date(`${day}T12:00:00Z`), "UTC", tag);
  const good = request.outcome === "moved";
  return (
    <section className={good ? "banner banner--good" : "banner banner--notice"}>
      <Icon name={good ? "tick" : "clock"} />
      <div className="stack stack--tight grow">
        <h3>{t(`request.${request.kind}`)}</h3>
        {request.wishes.length > 0 && !good ? (
          <ul>
            {request.wishes.map(({ day, part }) => (
              <li key={`${day} ${part}`}>
                {t("request.wish", { day: dayWords(day), part: t(`ask.parts.${part}`) })}
              </li>
            ))}
          </ul>
        ) : null}
        {request.words && !good ? <p className="lines">{request.words}</p> : null}
        {request.outcome === null ? (
          <OwnForm
            action={takeBack}
            fields={{ visitId: visit.visitId }}
            look="btn--quiet"
            busy={t("ask.takingBack")}
            label={t("ask.takeBack")}
            className="stack stack--tight"
          >
            <p>{t("request.waits")}</p>
          </OwnForm>
        ) : (
          <p>{request.outcome === "moved" ? t("request.moved") : t("request.declined")}</p>
        )}
        {request.answer ? <p className="lines">{t("request.answer", { answer: request.answer })}</p> : null}
      </div>
    </section>
  );
}
