import { useTranslations } from "next-intl";
import type { Journey } from "@/lib/visits/list-journeys";
import type { VisitPage } from "@/lib/visits/list-visits";
import { Pager } from "../../pager";
import { VisitTable } from "../../visit-table";

type Props = {
  kind: "ahead" | "past";
  page: VisitPage;
  journeys: Map<string, Journey>;
  /** Addresses; null: there is no such page. */
  first: string | null;
  next: string | null;
  now: Date;
  zone: string;
  tag: string;
};

export function PatientVisits({ kind, page, journeys, first, next, now, zone, tag }: Props) {
  const t = useTranslations("patients");
  const ahead = kind === "ahead";
  return (
    <div className="stack stack--tight">
      <h2>{t(kind)}</h2>
      {page.visits.length > 0 ? (
        <VisitTable label={t(kind)} visits={page.visits} years {...{ journeys, now, zone, tag }} />
      ) : (
        <p className="card soft">{t(ahead ? "noneAhead" : "nonePast")}</p>
      )}
      <Pager
        first={first}
        firstWord={t("backVisits")}
        next={next}
        nextWord={t(ahead ? "later" : "earlier")}
      />
    </div>
  );
}
