import { useTranslations } from "next-intl";
import { Icon } from "@/components/ui/icon";
import { shortDay } from "@/lib/kernel/times";
import { callOffHours } from "@/lib/visits/ask-time";
import type { OwnVisit } from "@/lib/visits/own-visits";
import { Icon as DeskIcon } from "../../icons";
import { OwnForm } from "../own-form";
import { cannotCome, tryDevices } from "./actions";
import { AskTime } from "./ask-time";
import { Words } from "./words";

type Props = { visit: OwnVisit; zone: string; tag: string; now: Date };

/** What a patient can do about a visit to come, besides joining it. */
export function VisitActs({ visit, zone, tag, now }: Props) {
  const t = useTranslations("own");
  const fields = { visitId: visit.visitId };
  const scheduled = visit.status === "SCHEDULED";
  // What waits for an answer stands above, to be taken back.
  const waits = visit.request?.outcome === null ? visit.request.kind : null;
  const direct = Date.parse(visit.scheduledAt) - now.getTime() > callOffHours * 3_600_000;
  return (
    <div className="own__acts">
      <OwnForm
        action={tryDevices}
        fields={fields}
        look="btn--quiet"
        busy={t("next.checking")}
        className="stack stack--tight"
        label={
          <>
            <Icon name="camera" />
            {t("next.check")}
          </>
        }
        hint={checkWords(t, visit, zone, tag)}
      />
      <a className="btn btn--quiet" href={`/api/me/visits/${visit.visitId}/calendar`} download>
        <DeskIcon name="calendar" />
        {t("next.calendar")}
      </a>
      {scheduled ? (
        <>
          {waits === "move" ? null : (
            <details>
              <summary className="btn btn--quiet">
                <Icon name="clock" />
                {t("ask.open")}
                <Icon name="down" />
              </summary>
              <AskTime visit={visit} zone={zone} now={now} />
            </details>
          )}
          {waits === "cancel" ? null : (
            <details>
              <summary className="btn btn--quiet">
                <DeskIcon name="cross" />
                {t("cancel.open")}
                <Icon name="down" />
              </summary>
              <div className="card">
                <OwnForm
                  action={cannotCome}
                  fields={fields}
                  look="btn--danger"
                  busy={t("cancel.sending")}
                  label={t("cancel.send")}
                >
                  <p>{direct ? t("cancel.sayNow") : t("cancel.sayAsk")}</p>
                  <Words id={`why-${visit.visitId}`} label={t("cancel.why")} />
                </OwnForm>
              </div>
            </details>
          )}
        </>
      ) : null}
    </div>
  );
}

function checkWords(
  t: ReturnType<typeof useTranslations<"own">>,
  { check }: OwnVisit,
  zone: string,
  tag: string,
): string {
  if (!check) return t("next.checkNone");
  const day = shortDay(new Date(check.at), zone, tag);
  return check.fine ? t("next.checkFine", { day }) : t("next.checkTrouble", { day });
}
