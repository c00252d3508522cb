import { useTranslations } from "next-intl";
import { Icon } from "@/components/ui/icon";
import type { OwnVisit } from "@/lib/visits/own-visits";
import { Request } from "./request";
import { VisitActs } from "./visit-acts";
import { When } from "./when";

type Props = { visit: OwnVisit; zone: string; tag: string; now: Date };

/** A visit after the next one, or one to come that was called off. */
export function OtherVisit({ visit, ...shared }: Props) {
  const t = useTranslations("own");
  const cancelled = visit.status === "CANCELLED";
  return (
    <article className="card stack stack--tight">
      <h3>{t("next.with", { clinician: visit.clinician })}</h3>
      <When visit={visit} {...shared} />
      {cancelled ? (
        <p>
          <span className="chip">{t("past.is.CANCELLED")}</span>
        </p>
      ) : (
        <>
          <Request visit={visit} tag={shared.tag} />
          <details>
            <summary className="own__more">
              {t("other.more")}
              <Icon name="down" />
            </summary>
            <VisitActs visit={visit} {...shared} />
          </details>
        </>
      )}
    </article>
  );
}
