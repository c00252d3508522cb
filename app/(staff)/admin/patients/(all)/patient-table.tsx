import Link from "next/link";
import { useTranslations } from "next-intl";
import { tiers } from "@/lib/kernel/tiers";
import type { PatientEntry } from "@/lib/patients/entry";
import type { VisitsAround } from "@/lib/patients/visits-around";
import { isLocale, languageNames } from "@/messages/locales";
import { dayOfYear } from "../../day-of-year";

type Props = {
  patients: PatientEntry[];
  around: Map<string, VisitsAround>;
  /** Theirs are shown in the reader's zone. */
  zone: string;
  tag: string;
};

/** Who is on file, with the visit that comes and the one that was: a table where there is room, blocks on a phone. */
export function PatientTable({ patients, around, zone, tag }: Props) {
  const t = useTranslations("patients");
  const day = (iso: string | null | undefined) => (iso ? dayOfYear(new Date(iso), zone, tag) : t("none"));
  return (
    <section className="card card--flush scroll" aria-label={t("title")}>
      <table className="table wide">
        <thead>
          <tr>
            <th scope="col">{t("name")}</th>
            <th scope="col">{t("state")}</th>
            <th scope="col">{t("zone")}</th>
            <th scope="col">{t("language")}</th>
            <th scope="col">{t("contact")}</th>
            <th scope="col">{t("next")}</th>
            <th scope="col">{t("last")}</th>
          </tr>
        </thead>
        <tbody>
          {patients.map((one) => (
            <tr key={one.patientId}>
              <td>
                <Name patient={one} />
              </td>
              <td>{one.state}</td>
              <td>{one.timeZone.replaceAll("_", " ")}</td>
              <td>{languageOf(one.locale)}</td>
              <td>
                <Contact patient={one} />
              </td>
              <td className="num">{day(around.get(one.patientId)?.nextAt)}</td>
              <td className="num">{day(around.get(one.patientId)?.lastAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <ul>
        {patients.map((one) => (
          <li key={one.patientId} className="mrow">
            <span className="row">
              <span className="grow">
                <Name patient={one} />
              </span>
              <span>{one.state}</span>
            </span>
            <span className="soft">
              <Contact patient={one} />
            </span>
            <span className="soft">
              {languageOf(one.locale)} · {one.timeZone.replaceAll("_", " ")}
            </span>
            <span>
              {t("next")}: {day(around.get(one.patientId)?.nextAt)} · {t("last")}:{" "}
              {day(around.get(one.patientId)?.lastAt)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const languageOf = (locale: string) => (isLocale(locale) ? languageNames[locale] : locale);

function Name({ patient }: { patient: PatientEntry }) {
  const t = useTranslations("patients");
  const tier = tiers.find((one) => one === patient.tier);
  return (
    <>
      <Link href={`/admin/patients/${patient.patientId}`}>
        {patient.lastName}, {patient.firstName}
      </Link>{" "}
      {tier === "standard" ? null : (
        <span className="chip chip--outline">{tier ? t(`tiers.${tier}`) : patient.tier}</span>
      )}{" "}
      {patient.hasAccount ? <span className="chip chip--outline">{t("account")}</span> : null}
    </>
  );
}

function Contact({ patient: { phone, email } }: { patient: PatientEntry }) {
  const t = useTranslations("patients");
  return [phone, email].filter(Boolean).join(" · ") || t("noContact");
}
