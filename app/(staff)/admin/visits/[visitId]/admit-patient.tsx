import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { fullName } from "@/lib/kernel/full-name";
import type { VisitSummary } from "@/lib/visits/answers";
import { waits } from "@/lib/visits/look-at-today";
import { Act } from "./act";
import { ActAsked } from "./act-asked";
import { admit, admitAnyway, remind } from "./actions";

type Props = {
  visit: VisitSummary;
  /** The reader is this visit's clinician: nobody else need be reminded. */
  own: boolean;
  /** In a row of a list. */
  tiny?: boolean;
  /** What a button says, with whose visit it is for who can't see the row. */
  of?: (words: string) => ReactNode;
};

/** Lets in the patient who waits; into an empty call only when it was asked for twice. And where the clinician is missed, says so to them. */
export function AdmitPatient({ visit, own, tiny = false, of = (words) => words }: Props) {
  const t = useTranslations("visit");
  const { visitId, connected } = visit;
  const size = tiny ? "btn--tiny" : "btn--md btn--wide";
  const name = fullName(visit.clinician);
  const remindThem = (
    <Act
      action={remind}
      visitId={visitId}
      look={`btn--quiet ${size}`}
      busy={t("empty.reminding")}
      label={of(t("empty.remind", { name }))}
    />
  );
  const alone = connected?.patient.here === true && !connected.clinician.here;
  if (!waits(visit)) return alone && !own ? remindThem : null;
  const words = tiny ? t("empty.admit") : t("admit");
  if (!alone)
    return (
      <Act
        action={admit}
        visitId={visitId}
        look={`btn--notice ${size}`}
        busy={t("admitting")}
        label={of(words)}
      />
    );
  return (
    <>
      <ActAsked
        ask={of(t("empty.ask", { words }))}
        tiny={tiny}
        action={admitAnyway}
        visitId={visitId}
        look={`btn--notice ${size}`}
        busy={t("admitting")}
        label={of(t("empty.anyway"))}
      >
        <p className="small">{own ? t("empty.sayOwn") : t("empty.say", { name })}</p>
      </ActAsked>
      {own ? null : remindThem}
    </>
  );
}
