import { useTranslations } from "next-intl";
import { waitingPresets } from "@/lib/kernel/waiting-presets";
import type { VisitSummary } from "@/lib/visits/answers";
import type { Journey } from "@/lib/visits/list-journeys";
import { waits } from "@/lib/visits/look-at-today";
import { showContact } from "./patients/actions";
import { soonMs } from "./visit-state";
import { Act, Veil } from "./visits/[visitId]/act";
import { ActAsked } from "./visits/[visitId]/act-asked";
import { end, noShow, resend, sendLinks, showCallNumber, tellPatient } from "./visits/[visitId]/actions";
import { AdmitPatient } from "./visits/[visitId]/admit-patient";

type Props = {
  visit: VisitSummary;
  journey?: Journey;
  now: Date;
  /** Whose list it is: an id of staff. */
  reader: string;
};

/** What is likely to be done next with a visit, one press away; all else stands on its page. */
export function RowActs({ visit, journey, now, reader }: Props) {
  const t = useTranslations("visit");
  const row = useTranslations("today");
  const call = useTranslations("visit.call");
  const tell = useTranslations("visit.tell");
  const { visitId, patient } = visit;
  const of = (words: string) => (
    <>
      {words}
      <span className="vh">{row("of", { name: `${patient.firstName} ${patient.lastName}` })}</span>
    </>
  );
  const open = visit.status === "SCHEDULED" || visit.status === "ACTIVE";
  if (!open) return null;
  const late = Date.parse(visit.scheduledAt) + 10 * 60_000 < now.getTime();
  const soon =
    Date.parse(visit.scheduledAt) - now.getTime() < soonMs && Date.parse(visit.expiresAt) > now.getTime();
  const unsent =
    soon && visit.status === "SCHEDULED" && journey !== undefined && !journey.sent && !journey.failed;
  const came = visit.connected?.patient.lastSeenAt != null || visit.waitingSince !== null;
  const unreached = journey?.failed || journey?.bounced || journey?.check === "trouble";
  const lost = visit.status === "ACTIVE" && came && visit.connected?.patient.here !== true && !waits(visit);
  const wantsCall = unreached || waits(visit) || lost || (late && !came);
  return (
    <div className="row row--wrap rowacts">
      <AdmitPatient visit={visit} own={visit.clinician.clinicianId === reader} tiny of={of} />
      {waits(visit) ? (
        <details className="rowtell confirm">
          <summary className="btn btn--quiet btn--tiny">{of(row("message"))}</summary>
          <div className="stack stack--tight">
            {waitingPresets.map((preset) => (
              <Act
                key={preset}
                action={tellPatient}
                visitId={visitId}
                fields={{ preset }}
                look="btn--quiet btn--tiny"
                busy={tell("telling")}
                label={of(tell(`presets.${preset}`))}
              />
            ))}
          </div>
        </details>
      ) : null}
      {visit.callAskedAt ? (
        <Veil action={showCallNumber} visitId={visitId} ask={call("show")} />
      ) : wantsCall ? (
        <Veil action={showContact} fields={{ patientId: patient.patientId }} ask={of(row("phone"))} slim />
      ) : null}
      {unsent ? (
        <Act
          action={sendLinks}
          visitId={visitId}
          look="btn--quiet btn--tiny"
          busy={t("sending")}
          label={of(row("send"))}
        />
      ) : null}
      {journey?.failed || journey?.bounced ? (
        <Act
          action={resend}
          visitId={visitId}
          party="patient"
          look="btn--quiet btn--tiny"
          busy={t("sending")}
          label={of(row("resend"))}
        />
      ) : null}
      {lost ? (
        <Act
          action={resend}
          visitId={visitId}
          party="patient"
          look="btn--quiet btn--tiny"
          busy={t("sending")}
          label={of(row("resend"))}
        />
      ) : null}
      {lost && visit.connected?.clinician.here !== true ? (
        <ActAsked
          tiny
          ask={of(t("end"))}
          action={end}
          visitId={visitId}
          look="btn--danger btn--tiny"
          busy={t("ending")}
          label={of(t("endYes"))}
        >
          <p className="small">{t("endSay")}</p>
        </ActAsked>
      ) : null}
      {late && !came ? (
        <Act
          action={noShow}
          visitId={visitId}
          look="btn--quiet btn--tiny"
          busy={t("noting")}
          label={of(row("noShow"))}
        />
      ) : null}
    </div>
  );
}
