import Link from "next/link";
import { useTranslations } from "next-intl";
import { clockTime, shortDay } from "@/lib/kernel/times";
import type { Colleague } from "@/lib/staff/list-staff";
import { StandingChip } from "./standing-chip";

type Props = { colleagues: Colleague[]; own: string; zone: string; tag: string };

/** Who works here: a table where there is room, blocks of lines on a phone. */
export function ColleagueTable({ colleagues, own, zone, tag }: Props) {
  const t = useTranslations("people");
  const roles = useTranslations("frame.roles");
  const at = (iso: string) => `${shortDay(new Date(iso), zone, tag)}, ${clockTime(new Date(iso), zone, tag)}`;
  return (
    <section aria-label={t("list")}>
      <div className="card card--flush scroll">
        <table className="table table--stack entries">
          <thead>
            <tr>
              <th scope="col">{t("name")}</th>
              <th scope="col">{t("email")}</th>
              <th scope="col">{t("role")}</th>
              <th scope="col">{t("lastSignIn")}</th>
              <th scope="col">{t("standing")}</th>
            </tr>
          </thead>
          <tbody>
            {colleagues.map((colleague) => (
              <tr
                key={colleague.staffId}
                className={colleague.standing === "suspended" ? "is-past" : undefined}
              >
                <td>
                  <Link href={`/admin/people/${colleague.staffId}`}>{colleague.name}</Link>{" "}
                  {colleague.staffId === own ? <span className="chip">{t("you")}</span> : null}
                </td>
                <td data-label={t("email")}>{colleague.email}</td>
                <td data-label={t("role")}>{roles(colleague.role)}</td>
                <td data-label={t("lastSignIn")}>
                  {colleague.lastSignInAt ? at(colleague.lastSignInAt) : t("never")}
                </td>
                <td data-label={t("standing")}>
                  <StandingChip colleague={colleague} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
