import { useTranslations } from "next-intl";
import { clockTime, minutesOf } from "@/lib/call/time-words";
import type { CallerShown } from "@/lib/desk/show-caller";
import { Mark } from "../ui/icon";
import { UnknownMark } from "./unknown-mark";

type Props = { shown: CallerShown; zone: string; tag: string };

/** What a verified customer called about before. For a caller who is not verified: that it stays closed, and what to do instead. */
export function History({ shown, zone, tag }: Props) {
  const t = useTranslations("desk");
  if (shown.caller.kind === "unknown") return <Closed />;
  if (shown.caller.kind === "visit") return null;
  const day = new Intl.DateTimeFormat(tag, { month: "short", day: "numeric", timeZone: zone });
  return (
    <section className="card card--flush" aria-labelledby="desk-history">
      <div className="card__head">
        <h2 id="desk-history">{t("history")}</h2>
      </div>
      {shown.history.length === 0 ? <p className="soft pad">{t("noHistory")}</p> : null}
      <ul className="desk__hist">
        {shown.history.map((call) => (
          <li key={call.callId}>
            <time dateTime={call.at}>
              {day.format(new Date(call.at))}
              <br />
              <span className="small num">{clockTime(new Date(call.at), zone, tag)}</span>
            </time>
            <span>
              <b>
                {call.talkedSeconds === null
                  ? t("unanswered")
                  : t("supportCall", { minutes: minutesOf(call.talkedSeconds * 1000) })}
              </b>
              {call.outcome ? (
                <>
                  <br />
                  <span className="small">{t(`outcomes.${call.outcome}`)}</span>
                </>
              ) : null}
              {call.rating ? (
                <>
                  <br />
                  <span className="small">{t("rated", { stars: call.rating.stars })}</span>
                  {call.rating.words ? <q className="small soft lines">{call.rating.words}</q> : null}
                </>
              ) : null}
              {call.notes ? (
                <>
                  <br />
                  <span className="small soft lines">{call.notes}</span>
                </>
              ) : null}
            </span>
            <span className="desk__was">
              {call.verified ? <Mark /> : <UnknownMark />}
              <span className="vh">{t(call.verified ? "wasVerified" : "wasNotVerified")}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Closed() {
  const t = useTranslations("desk");
  return (
    <>
      <section className="card desk__closed">
        <h2>{t("closed")}</h2>
        <p className="soft">{t("closedSay")}</p>
      </section>
      <section className="card stack stack--tight">
        <h2>{t("cannot")}</h2>
        <ul className="stack stack--tight soft">
          <li>{t("cannotApp")}</li>
          <li>{t("cannotBranch")}</li>
        </ul>
      </section>
    </>
  );
}
