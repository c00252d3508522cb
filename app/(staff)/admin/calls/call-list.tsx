import { useTranslations } from "next-intl";
import { clockTime, shortDay } from "@/lib/kernel/times";
import type { CallEntry } from "@/lib/support-calls/list-calls";
import { lasted } from "./lasted";

type Props = { calls: CallEntry[]; zone: string; tag: string };

const looks: Record<CallEntry["state"], string> = {
  open: "chip chip--live",
  answered: "chip chip--done",
  missed: "chip chip--bad",
};

/** Each call with what became of it, lines by name on a phone. */
export function CallList({ calls, zone, tag }: Props) {
  const t = useTranslations("calls");
  const at = (iso: string) => `${shortDay(new Date(iso), zone, tag)}, ${clockTime(new Date(iso), zone, tag)}`;
  const long = (seconds: number | null) => (seconds === null ? t("unknown") : lasted(seconds, tag));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls sideways must be reachable by keyboard (axe scrollable-region-focusable)
    <section className="card card--flush scroll" aria-label={t("title")} tabIndex={0}>
      <table className="table table--stack entries">
        <thead>
          <tr>
            <th scope="col">{t("who")}</th>
            <th scope="col">{t("state")}</th>
            <th scope="col">{t("caller")}</th>
            <th scope="col">{t("began")}</th>
            <th scope="col">{t("waited")}</th>
            <th scope="col">{t("talked")}</th>
            <th scope="col">{t("route")}</th>
          </tr>
        </thead>
        <tbody>
          {calls.map((call) => (
            <tr key={call.callId}>
              <td>{call.name ? <b>{call.name}</b> : <span className="soft">{t("noRecord")}</span>}</td>
              <td>
                <span className={looks[call.state]}>{t(`states.${call.state}`)}</span>
              </td>
              <td>
                <span className={call.verified ? "chip chip--good" : "chip chip--un"}>
                  {call.verified ? t("verified") : t("notVerified")}
                </span>
              </td>
              <td data-label={t("began")}>{at(call.startedAt)}</td>
              <td data-label={t("waited")}>{long(call.waitedSeconds)}</td>
              <td data-label={t("talked")}>{long(call.talkedSeconds)}</td>
              <td data-label={t("route")}>{t(`routes.${call.route}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
