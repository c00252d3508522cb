import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { requirePage } from "@/lib/auth/require-staff";
import { listRoster } from "@/lib/clinicians/roster";
import { doorDeps } from "@/lib/http/deps";
import { fullName } from "@/lib/kernel/full-name";
import { calendarDay } from "@/lib/kernel/times";
import { requestLanguage } from "../../../../request-language";
import { LicenceChip } from "../licence-chip";
import { weekLines } from "../week-words";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("clinicians");
  return { title: t("title") };
}

/** Who sees patients: where they are licensed, what of it ends soon, and when they work. */
export default async function Clinicians() {
  const actor = await requirePage("/admin/clinicians");
  const deps = await doorDeps();
  const [clinicians, { tag }, t] = await Promise.all([
    listRoster(deps, { actor }),
    requestLanguage(),
    getTranslations("clinicians"),
  ]);
  const now = deps.clock.now();
  return (
    <main className="main">
      <div className="head">
        <h1>{t("title")}</h1>
        <p className="soft">{t("say")}</p>
      </div>
      {clinicians.length === 0 ? (
        <div className="card empty">
          <h2>{t("none")}</h2>
          <p className="soft">{t("noneSay")}</p>
        </div>
      ) : (
        <div className="card card--flush scroll">
          <table className="table table--stack">
            <thead>
              <tr>
                <th scope="col">{t("name")}</th>
                <th scope="col">{t("licenses")}</th>
                <th scope="col">{t("hours")}</th>
                <th scope="col">{t("zone")}</th>
              </tr>
            </thead>
            <tbody>
              {clinicians.map((one) => (
                <tr key={one.clinicianId} className={one.suspended ? "is-past" : undefined}>
                  <td>
                    <Link href={`/admin/clinicians/${one.clinicianId}`}>{fullName(one)}</Link>
                    {one.suspended ? <span className="hint"> {t("suspended")}</span> : null}
                  </td>
                  <td data-label={t("licenses")}>
                    <span className="licences">
                      {one.licences.map((licence) => (
                        <LicenceChip
                          key={licence.state}
                          licence={licence}
                          today={calendarDay(now, one.timeZone)}
                        />
                      ))}
                      {one.licences.length === 0 ? (
                        <span className="chip chip--bad">{t("noLicense")}</span>
                      ) : null}
                    </span>
                  </td>
                  <td data-label={t("hours")}>
                    <span className="lines">
                      {weekLines(one.hours, tag).join("\n") || <span className="hint">{t("notSaid")}</span>}
                    </span>
                  </td>
                  <td data-label={t("zone")}>{one.timeZone.replaceAll("_", " ")}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </main>
  );
}
