import Link from "next/link";
import { useTranslations } from "next-intl";
import { clockTime, shortDay } from "@/lib/kernel/times";
import type { PatientDetail } from "@/lib/patients/read-patient";
import { Icon } from "../../../../icons";
import { Act } from "../../visits/[visitId]/act";
import { sendNewLinks } from "../actions";

type Props = { patient: PatientDetail; maySend: boolean; zone: string; tag: string };

/** A changed contact took no link back: which ones still open a visit for whoever reads the old one, and new ones in their place. */
export function OldLinksCard({ patient, maySend, zone, tag }: Props) {
  const t = useTranslations("patients.old");
  const { oldLinks, patientId } = patient;
  if (oldLinks.length === 0) return null;
  return (
    <section className="card stack stack--tight todo head old" aria-labelledby="old-head">
      <h2 id="old-head">
        <Icon name="warn" /> {t("title")}
      </h2>
      <p>{t("say", { count: oldLinks.length })}</p>
      <ul>
        {oldLinks.map(({ visitId, scheduledAt, kinds }) => {
          const at = new Date(scheduledAt);
          const when = `${shortDay(at, zone, tag)}, ${clockTime(at, zone, tag)}`;
          const ways = t(`ways.${kinds.length > 1 ? "both" : (kinds[0] ?? "both")}`);
          return (
            <li key={visitId}>
              <Link href={`/admin/visits/${visitId}`}>{t("visit", { when, ways })}</Link>
            </li>
          );
        })}
      </ul>
      {maySend ? (
        <Act
          action={sendNewLinks}
          fields={{ patientId }}
          look="btn--md"
          busy={t("sending")}
          label={t("send", { count: oldLinks.length })}
        >
          <p className="small soft">
            {t("sendSay")} {t("orTakeBack")}
          </p>
        </Act>
      ) : (
        <p className="small soft">{t("only")}</p>
      )}
    </section>
  );
}
