import { useTranslations } from "next-intl";
import { Fragment } from "react";
import { clockTime } from "@/lib/kernel/times";
import type { VisitDetail } from "@/lib/visits/answers";
import { hereMs } from "@/lib/visits/presence";

type Props = { visit: VisitDetail; zone: string; tag: string; now: Date };

/** Who was connected when, as their pages told it: what a no-show is judged by. */
export function Presence({ visit, zone, tag, now }: Props) {
  const t = useTranslations("visit.presence");
  const who = useTranslations("visit.parties");
  const { presence } = visit;
  if (presence.length === 0) return null;
  const isThere = (seenAt: string) =>
    visit.status === "ACTIVE" && now.getTime() - Date.parse(seenAt) < hereMs;
  const at = (iso: string) => clockTime(new Date(iso), zone, tag);
  return (
    <section className="card facts" aria-labelledby="presence">
      <h2 className="gap" id="presence">
        {t("title")}
      </h2>
      <dl className="kv">
        {presence.map(({ party, cameAt, seenAt, leftAt }) => (
          <Fragment key={`${party} ${cameAt}`}>
            <dt>{who(party)}</dt>
            <dd>
              {t.rich(leftAt ? "left" : isThere(seenAt) ? "there" : "lastSeen", {
                from: at(cameAt),
                to: at(seenAt),
                soft: (part) => <span className="soft">{part}</span>,
              })}
            </dd>
          </Fragment>
        ))}
      </dl>
    </section>
  );
}
