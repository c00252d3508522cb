import { useTranslations } from "next-intl";
import { clockTime } from "@/lib/kernel/times";
import type { VisitDetail } from "@/lib/visits/answers";
import { Icon } from "../../../../icons";
import { Act, Veil } from "./act";
import { callDone, showCallNumber } from "./actions";

/** The patient wants the telephone instead: said until somebody has seen to it. The number is shown to who asks, and that is recorded. */
export function CallAsked({
  visit,
  zone,
  tag,
  mayAct,
}: {
  visit: VisitDetail;
  zone: string;
  tag: string;
  mayAct: boolean;
}) {
  const t = useTranslations("visit.call");
  if (!visit.callAskedAt) return null;
  return (
    <section className="card stack stack--tight todo head" aria-labelledby="call-head">
      <h2 id="call-head">
        <Icon name="warn" /> {t("title")}
      </h2>
      <p>{t("say", { time: clockTime(new Date(visit.callAskedAt), zone, tag) })}</p>
      {mayAct ? (
        <>
          <Veil action={showCallNumber} visitId={visit.visitId} ask={t("show")} />
          <Act
            action={callDone}
            visitId={visit.visitId}
            look="btn--md"
            busy={t("noting")}
            label={t("done")}
          />
        </>
      ) : null}
    </section>
  );
}
