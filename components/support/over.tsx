import { useTranslations } from "next-intl";
import type { SupportCall } from "@/lib/call/support/open-support-call";
import type { SupportState } from "@/lib/call/support/support-call";
import { minutesOf } from "@/lib/call/time-words";
import { Icon } from "../ui/icon";
import { Callback } from "./callback";
import { RateCall } from "./rate-call";
import type { SupportFacts } from "./support-facts";
import type { OwnCallbackHere } from "./use-own-callback";

type Props = { call: SupportCall; state: SupportState; facts: SupportFacts; callback: OwnCallbackHere };

/** After the call: that it is over, how it was, and the way on. */
export function Over({ call, state, facts, callback }: Props) {
  const t = useTranslations("support.over");
  const closedNow = useTranslations("support.now");
  const { now } = facts;
  const was = state.call;
  const talked = was?.connectedAt
    ? (was.endedAt ? Date.parse(was.endedAt) : Date.now()) - Date.parse(was.connectedAt)
    : null;
  const closed = talked === null && now.closed;
  return (
    <>
      <div role="status" className="stack stack--tight">
        <h1>{closed ? closedNow("closed") : t("title")}</h1>
        <p className="soft">
          {talked !== null
            ? t("lasted", { minutes: minutesOf(talked) })
            : closed
              ? now.opening
              : `${t("nobody")} ${t("nobodySay")}`}
        </p>
      </div>
      {was?.status === "ended" && talked !== null ? <RateCall callId={was.callId} /> : null}
      <div className="stack stack--tight">
        <button type="button" className="btn btn--quiet btn--wide" onClick={call.again}>
          <Icon name="phone" />
          {talked === null && !closed ? t("again") : t("done")}
        </button>
      </div>
      {talked === null ? <Callback facts={facts} topic={was?.topic ?? null} callback={callback} /> : null}
    </>
  );
}
