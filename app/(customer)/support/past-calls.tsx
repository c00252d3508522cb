import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { clockTime, minutesOf } from "@/lib/call/time-words";
import type { PastOwnCall } from "@/lib/support-calls/own-calls";

type Props = {
  calls: PastOwnCall[];
  nextCursor: string | null;
  /** The newest are among them. */
  isFirst: boolean;
  zone: string;
  tag: string;
};

/** A customer's own calls, the newest first. */
export async function PastCalls({ calls, nextCursor, isFirst, zone, tag }: Props) {
  const t = await getTranslations("support");
  const day = new Intl.DateTimeFormat(tag, {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: zone,
  });
  return (
    <section className="card stack" aria-labelledby="past">
      <h2 id="past">{t("past.title")}</h2>
      {calls.length === 0 ? <p className="soft">{t("past.none")}</p> : null}
      <ul className="own__list" hidden={calls.length === 0}>
        {calls.map((call) => (
          <li key={call.callId}>
            <span className="own__line">
              <b>{day.format(new Date(call.startedAt))}</b>
              <span className="num">{clockTime(new Date(call.startedAt), zone, tag)}</span>
            </span>
            <span className="own__line small soft">
              <span>{call.topic ? t(`topic.${call.topic}`) : t("topic.other")}</span>
              <span>{outcomeOf(call, t)}</span>
            </span>
            {call.stars ? <span className="small soft">{t("past.stars", { stars: call.stars })}</span> : null}
          </li>
        ))}
      </ul>
      {nextCursor ? (
        <Link className="btn btn--quiet" href={`/support?cursor=${encodeURIComponent(nextCursor)}`}>
          {t("past.older")}
        </Link>
      ) : null}
      {isFirst ? null : (
        <Link className="btn btn--quiet" href="/support">
          {t("past.newest")}
        </Link>
      )}
    </section>
  );
}

function outcomeOf(call: PastOwnCall, t: Awaited<ReturnType<typeof getTranslations<"support">>>): string {
  if (call.status !== "ended") return t("past.now");
  if (!call.connectedAt || !call.endedAt) return t("past.unanswered");
  return t("past.lasted", { minutes: minutesOf(Date.parse(call.endedAt) - Date.parse(call.connectedAt)) });
}
