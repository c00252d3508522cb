import { useTranslations } from "next-intl";
import { tiers } from "@/lib/kernel/tiers";
import { clockTime } from "@/lib/kernel/times";
import { isUsState } from "@/lib/kernel/us-states";
import type { PatientDetail } from "@/lib/patients/read-patient";
import { isLocale, languageNames } from "@/messages/locales";
import { dayOfYear } from "../../day-of-year";
import { Veil } from "../../visits/[visitId]/act";
import { showContact } from "../actions";

type Props = { patient: PatientDetail; now: Date; zone: string; tag: string };

/** What is on file; the contact veiled until somebody asks. */
export function DetailsCard({ patient, now, zone, tag }: Props) {
  const t = useTranslations("patients");
  const states = useTranslations("states");
  const tier = tiers.find((one) => one === patient.tier);
  const masked = [patient.phone, patient.email].filter(Boolean).join(" · ");
  return (
    <section className="card facts" aria-labelledby="details-head">
      <h2 className="gap" id="details-head">
        {t("details")}
      </h2>
      <dl className="kv">
        <dt>{t("contactBy")}</dt>
        <dd>
          {masked ? (
            <>
              <p>{masked}</p>
              <Veil action={showContact} fields={{ patientId: patient.patientId }} ask={t("show")} />
            </>
          ) : (
            t("noContact")
          )}
        </dd>
        <dt>{t("texts")}</dt>
        <dd>
          {patient.textsStoppedAt ? (
            <span className="chip chip--bad">
              {t("textsStopped", { day: dayOfYear(new Date(patient.textsStoppedAt), zone, tag) })}
            </span>
          ) : (
            t(patient.phone ? "textsOpen" : "textsNoPhone")
          )}
        </dd>
        <dt>{t("state")}</dt>
        <dd>{isUsState(patient.state) ? states(patient.state) : patient.state}</dd>
        <dt>{t("zone")}</dt>
        <dd>
          {t("zoneNow", {
            zone: patient.timeZone.replaceAll("_", " "),
            time: clockTime(now, patient.timeZone, tag),
          })}
        </dd>
        <dt>{t("language")}</dt>
        <dd>{isLocale(patient.locale) ? languageNames[patient.locale] : patient.locale}</dd>
        <dt>{t("tier")}</dt>
        <dd>{tier ? t(`tiers.${tier}`) : patient.tier}</dd>
        <dt>{t("externalId")}</dt>
        <dd>{patient.externalId ?? t("noExternalId")}</dd>
        <dt>{t("accountNumber")}</dt>
        <dd>{t(patient.hasAccountNumber ? "hasNumber" : "noNumber")}</dd>
        <dt>{t("signIn")}</dt>
        <dd>{t(patient.hasAccount ? "signsIn" : "signsNot")}</dd>
        <dt>{t("since")}</dt>
        <dd>{dayOfYear(new Date(patient.createdAt), zone, tag)}</dd>
      </dl>
    </section>
  );
}
