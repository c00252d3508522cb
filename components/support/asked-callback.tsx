import { useTranslations } from "next-intl";
import { isolated } from "@/lib/call/isolated";
import { clockTime, dayOf } from "@/lib/call/time-words";
import type { OwnCallback } from "@/lib/support-calls/own-callback";
import type { SupportFacts } from "./support-facts";

type Props = {
  facts: Pick<SupportFacts, "timeZone" | "tag">;
  open: OwnCallback;
  number: string | null;
};

/** How a callback stands: when we call, where, and about what. */
export function AskedCallback({ facts, open, number }: Props) {
  const t = useTranslations("support.callback");
  const topics = useTranslations("support.topic");
  return (
    <div className="stack stack--tight">
      <p role="status">
        <b>{useWhen(facts, open)}</b>
      </p>
      <p className="soft">
        {number ? t("open.at", { number: isolated(number) }) : null}
        {open.topic ? (
          <>
            <br />
            {t("open.about", { topic: topics(open.topic) })}
          </>
        ) : null}
      </p>
      <p className="small soft">{t("questions")}</p>
    </div>
  );
}

function useWhen(
  { timeZone, tag }: Props["facts"],
  { state, inTurn, from, until, agent }: OwnCallback,
): string {
  const t = useTranslations("support.callback");
  const time = (at: string) => clockTime(new Date(at), timeZone, tag);
  if (state === "calling")
    return agent ? t("open.callingBy", { agent: isolated(agent) }) : t("open.callingSay");
  if (state === "again") return t("open.again", { until: time(until) });
  if (inTurn && state === "asked") return t("open.later", { from: time(from), until: time(until) });
  if (inTurn) return t("open.turn", { until: time(until) });
  if (state === "due") return t("open.due");
  const day = dayOf(new Date(from), new Date(), timeZone, tag);
  return t("open.hour", {
    day: day.kind === "other" ? day.name : t(day.kind),
    from: time(from),
    to: time(until),
  });
}
