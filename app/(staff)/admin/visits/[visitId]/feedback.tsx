import { useTranslations } from "next-intl";
import { Fragment } from "react";
import { clockTime, shortDay } from "@/lib/kernel/times";
import type { VisitDetail } from "@/lib/visits/answers";

type Props = { visit: VisitDetail; zone: string; tag: string };
type Trouble = VisitDetail["feedback"]["troubles"][number];

const looks = { good: "chip chip--good", fair: "chip chip--wait", poor: "chip chip--bad" } as const;

/** How it was, as the patient said; and what went wrong with the technique, with the call's own numbers. */
export function FeedbackCard({ visit, zone, tag }: Props) {
  const t = useTranslations("visit.feedback");
  const { surveys, troubles } = visit.feedback;
  if (surveys.length === 0 && troubles.length === 0) return null;
  const at = (iso: string) => `${shortDay(new Date(iso), zone, tag)}, ${clockTime(new Date(iso), zone, tag)}`;
  return (
    <section className="card facts" aria-labelledby="feedback">
      <h2 className="gap" id="feedback">
        {t("title")}
      </h2>
      <dl className="kv">
        {surveys.map((survey) => (
          <Fragment key={survey.at}>
            <dt>{t("pictureAndSound")}</dt>
            <dd>
              <span className={looks[survey.answer]}>{t(`answers.${survey.answer}`)}</span>{" "}
              <span className="small soft">{at(survey.at)}</span>
            </dd>
          </Fragment>
        ))}
        {troubles.map((trouble) => (
          <Fragment key={trouble.reportId}>
            <dt>{t("trouble", { party: trouble.party })}</dt>
            <dd>
              <b>{t(`kinds.${trouble.what}`)}</b> <span className="small soft">{at(trouble.at)}</span>
              <Numbers measured={trouble.measured} />
            </dd>
          </Fragment>
        ))}
      </dl>
    </section>
  );
}

function Numbers({ measured }: Pick<Trouble, "measured">) {
  const t = useTranslations("visit.feedback");
  const one = measured;
  return (
    <ul className="small soft">
      <li>{t("length", { minutes: Math.round(one.seconds / 60), seconds: Math.round(one.seconds % 60) })}</li>
      <li>{t("lossDown", { mean: one.lostDownPercent, worst: one.worstLostDownPercent })}</li>
      <li>{t("lossUp", { mean: one.lostUpPercent, worst: one.worstLostUpPercent })}</li>
      <li>{t("way", { mean: one.roundTripMs, worst: one.worstRoundTripMs })}</li>
      <li>{t("freezes", { count: one.freezes, seconds: one.frozenSeconds })}</li>
      <li>{t("away", { count: one.reconnects, seconds: one.awaySeconds })}</li>
      <li>
        {t("devices", {
          camera: t(`devicesAre.${one.camera}`),
          microphone: t(`devicesAre.${one.microphone}`),
        })}
      </li>
      <li>
        {t("browser", {
          browser: t(`browsers.${one.browser}`),
          version: one.browserVersion,
          system: t(`systems.${one.system}`),
        })}
      </li>
    </ul>
  );
}
