import { useTranslations } from "next-intl";
import { shortTimer } from "@/lib/call/time-words";
import type { DeskState } from "@/lib/desk/phone/open-desk";
import type { Phone } from "@/lib/desk/phone/phone";
import { useSeconds } from "../call/use-seconds";
import type { Desk } from "./use-desk";

const known = ["Available", "Offline", "Break", "Training"] as const;
type Known = (typeof known)[number];

/** What the agent is at, and what they choose to be. A choice during a call holds from its end on. */
export function StatusBar({ desk, state, phone }: { desk: Desk; state: DeskState; phone: Phone }) {
  const t = useTranslations("desk");
  const { agent, statuses } = phone;
  const nameOf = (status: string) =>
    known.includes(status as Known) ? t(`statuses.${status as Known}`) : status;
  const isOff = agent.state === "free" && agent.status !== "Available";
  const choose = (status: string) => void desk.act({ act: "status", status });
  return (
    <div className="row row--wrap desk__status">
      <span className={`chip desk__state desk__state--${isOff ? "off" : agent.state}`}>
        <i aria-hidden="true" />
        {t(`states.${isOff ? "off" : agent.state}`)}
        <Since at={agent.since} aheadMs={state.aheadMs} />
      </span>
      <label className="row desk__pick">
        <span className="vh">{t("you")}</span>
        <select
          className="input"
          value={agent.state === "missed" ? "" : (agent.nextStatus ?? agent.status)}
          disabled={!state.here || state.busy !== null}
          onChange={(event) => choose(event.target.value)}
        >
          {agent.state === "missed" ? (
            <option value="" disabled>
              {t("chooseState")}
            </option>
          ) : null}
          {statuses.map((status) => (
            <option key={status} value={status}>
              {nameOf(status)}
            </option>
          ))}
        </select>
      </label>
      {agent.nextStatus ? (
        <span className="small soft">{t("next", { status: nameOf(agent.nextStatus) })}</span>
      ) : null}
    </div>
  );
}

/** How long ago, by the server's clock: "3:21". */
export function Since({ at, aheadMs }: { at: string; aheadMs: number }) {
  const now = useSeconds() - aheadMs;
  return <time className="num">{shortTimer(now - Date.parse(at))}</time>;
}
