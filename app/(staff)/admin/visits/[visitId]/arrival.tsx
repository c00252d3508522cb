import { useTranslations } from "next-intl";
import { clockTime, shortDay } from "@/lib/kernel/times";
import type { VisitDetail } from "@/lib/visits/answers";
import { Icon } from "../../../../icons";
import { Veil } from "./act";
import { showPlace } from "./actions";

type Props = { visit: VisitDetail; zone: string; tag: string; mayAct: boolean };

/** What the patient said at the door: that they agree, and where they are. The place itself stays veiled until somebody asks. */
export function Arrival({ visit, zone, tag, mayAct }: Props) {
  const t = useTranslations("visit.arrival");
  const { arrival, visitId } = visit;
  if (!arrival) return null;
  const at = new Date(arrival.at);
  const language = new Intl.DisplayNames(tag, { type: "language" }).of(arrival.consentLanguage);
  return (
    <section className="card facts" aria-labelledby="arrival">
      <h2 className="gap" id="arrival">
        {t("title")}
      </h2>
      {arrival.licensed ? null : (
        <p className="banner banner--notice banner--above" role="status">
          <Icon name="warn" />
          <span>{t.rich("noLicense", { b: (part) => <b>{part}</b> })}</span>
        </p>
      )}
      <dl className="kv">
        <dt>{t("said")}</dt>
        <dd>
          {shortDay(at, zone, tag)}, {clockTime(at, zone, tag)}
        </dd>
        <dt>{t("consent")}</dt>
        <dd>
          {t("agreed", { version: arrival.consentVersion, language: language ?? arrival.consentLanguage })}
        </dd>
        {mayAct ? (
          <>
            <dt>{t("place")}</dt>
            <dd>
              <Veil action={showPlace} visitId={visitId} ask={t("show")} />
            </dd>
          </>
        ) : null}
      </dl>
    </section>
  );
}
