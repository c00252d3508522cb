import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { fullName } from "@/lib/kernel/full-name";
import { clockTime, shortDay } from "@/lib/kernel/times";
import type { VisitDetail } from "@/lib/visits/answers";
import { useKindName } from "../../use-kind-name";
import { Veil } from "./act";
import { showChat, showReason } from "./actions";

/** When, who, how; and what was said in confidence, veiled. */
export function Details({
  visit,
  zone,
  tag,
  reason,
  toPatient,
  toContact,
  toSchedule,
}: {
  visit: VisitDetail;
  zone: string;
  tag: string;
  reason: boolean;
  /** The reader may open the patient's own page. */
  toPatient: boolean;
  /** … and change what is on file there. */
  toContact: boolean;
  toSchedule: boolean;
}) {
  const t = useTranslations("visit");
  const from = new Date(visit.scheduledAt);
  const to = new Date(from.getTime() + visit.duration * 60_000);
  const window = (where: string) =>
    t("window", {
      day: shortDay(from, where, tag),
      from: clockTime(from, where, tag),
      to: clockTime(to, where, tag),
    });
  const kindOf = useKindName();
  const { patient, clinician, contacts } = visit;
  // What was cancelled stands in the book no longer.
  const inSchedule = toSchedule && visit.status !== "CANCELLED";
  return (
    <section className="card facts">
      <h2 className="gap">{t("title")}</h2>
      <dl className="kv">
        <Fact name={t("when")}>
          <b>{window(zone)}</b> {zone.replaceAll("_", " ")}
          {inSchedule ? (
            <>
              {" · "}
              <Link href={`/admin/schedule?visit=${visit.visitId}`}>{t("seeInSchedule")}</Link>
            </>
          ) : null}
        </Fact>
        {patient.timeZone === zone ? null : (
          <Fact name={t("patientSees")}>
            {window(patient.timeZone)} {patient.timeZone.replaceAll("_", " ")}
          </Fact>
        )}
        <Fact name={t("clinician")}>{fullName(clinician)}</Fact>
        <Fact name={t("patient")}>
          {toPatient ? (
            <>
              <Link href={`/admin/patients/${patient.patientId}`}>
                {patient.firstName} {patient.lastName}
              </Link>{" "}
              ·{" "}
            </>
          ) : null}
          {patient.state} · {contacts.patient.phone ?? t("noPhone")} ·{" "}
          {contacts.patient.email ?? t("noEmail")}
          {toContact ? (
            <>
              {" · "}
              <Link href={`/admin/patients/${patient.patientId}#change`}>{t("changeContact")}</Link>
            </>
          ) : null}
        </Fact>
        <Fact name={t("kind")}>
          {kindOf(visit.visitType)} · {t("linkBy", { way: t(`ways.${visit.channel}`) })}
        </Fact>
        {visit.cancelReason ? <Fact name={t("cancelledBecause")}>{visit.cancelReason}</Fact> : null}
        {reason && visit.hasChiefComplaint ? (
          <Fact name={t("reason")}>
            <Veil action={showReason} visitId={visit.visitId} ask={t("showReason")} />
          </Fact>
        ) : null}
        {visit.hasChat ? (
          <Fact name={t("chat")}>
            <Veil action={showChat} visitId={visit.visitId} ask={t("showChat")} />
          </Fact>
        ) : null}
      </dl>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
