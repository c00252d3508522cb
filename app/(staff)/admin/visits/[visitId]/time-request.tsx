import Link from "next/link";
import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { clockTime, shortDay } from "@/lib/kernel/times";
import type { VisitDetail } from "@/lib/visits/answers";
import { Icon } from "../../../../icons";
import { Veil } from "./act";
import { ActAsked } from "./act-asked";
import { cancel } from "./actions";
import { decline, showRequestWords } from "./time-request-actions";

type Props = { visit: VisitDetail; zone: string; tag: string; mayAct: boolean };

/** What the patient asks for on their own page, until somebody has settled it: by moving the visit, by cancelling it, or with an answer. */
export function TimeRequest({ visit, zone, tag, mayAct }: Props) {
  const t = useTranslations("asked");
  const { timeRequest: asked, visitId, patient } = visit;
  if (!asked) return null;
  if (asked.byPatient && asked.settledAt && visit.status === "CANCELLED")
    return (
      <section className="banner head">
        <Icon name="cross" />
        <div className="stack stack--tight">
          <p>
            {t("byPatient", {
              day: shortDay(new Date(asked.settledAt), zone, tag),
              time: clockTime(new Date(asked.settledAt), zone, tag),
            })}
          </p>
          {mayAct && asked.hasWords ? (
            <Veil action={showRequestWords} visitId={visitId} ask={t("show")} />
          ) : null}
        </div>
      </section>
    );
  if (asked.outcome !== null || visit.status !== "SCHEDULED") return null;
  const at = new Date(asked.askedAt);
  return (
    <section className="card stack stack--tight todo head" aria-labelledby="asked-head">
      <h2 id="asked-head">
        <Icon name="warn" /> {t(`title.${asked.kind}`)}
      </h2>
      <p className="small soft">
        {t("at", { day: shortDay(at, zone, tag), time: clockTime(at, zone, tag) })}
      </p>
      {asked.wishes.length > 0 ? (
        <div>
          <p>{t("wishes", { zone: patient.timeZone.replaceAll("_", " ") })}</p>
          <ol className="asked__wishes">
            {asked.wishes.map(({ day, part }) => (
              <li key={`${day} ${part}`}>
                <b>
                  {t("wish", {
                    day: shortDay(new Date(`${day}T12:00:00Z`), "UTC", tag),
                    part: t(`parts.${part}`),
                  })}
                </b>
              </li>
            ))}
          </ol>
        </div>
      ) : null}
      {mayAct && asked.hasWords ? (
        <div className="row row--wrap">
          <span>{t("words")}</span>
          <Veil action={showRequestWords} visitId={visitId} ask={t("show")} />
        </div>
      ) : null}
      {mayAct ? (
        <div className="row row--wrap asked__acts">
          <Link className="btn btn--md" href={`/admin/schedule?move=${visitId}`}>
            <Icon name="calendar" />
            {t("move")}
          </Link>
          {asked.kind === "cancel" ? (
            <ActAsked
              ask={t("cancel")}
              action={cancel}
              visitId={visitId}
              fields={{ reason: "" }}
              look="btn--danger btn--wide"
              busy={t("busy")}
              label={t("cancelYes")}
            >
              <p className="small">{t("cancelSay")}</p>
            </ActAsked>
          ) : null}
          <ActAsked
            ask={t("decline")}
            action={decline}
            visitId={visitId}
            look="btn--wide"
            busy={t("busy")}
            label={t("declineYes")}
          >
            <p className="small">{t("declineSay")}</p>
            <Field id="asked-answer" label={t("answer")} required>
              {(tied) => (
                <textarea
                  {...tied}
                  className="input"
                  name="answer"
                  rows={2}
                  maxLength={300}
                  autoComplete="off"
                  required
                />
              )}
            </Field>
          </ActAsked>
        </div>
      ) : null}
    </section>
  );
}
