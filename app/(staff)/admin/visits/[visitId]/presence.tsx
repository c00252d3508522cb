import { useTranslations } from "next-intl";
import { Fragment } from "react";
import { clockTime } from "@/lib/kernel/times";
import type { VisitDetail } from "@/lib/visits/answers";

type Props = { visit: VisitDetail; zone: string; tag: string };

/** Who was connected when, as their pages told it: what a no-show is judged by. */
export function Presence({ visit, zone, tag }: Props) {
  const t = useTranslations("visit.presence");
  const who = useTranslations("visit.parties");
  const { presence } = visit;
  if (presence.length === 0) return null;
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
              {t.rich(leftAt ? "left" : "lastSeen", {
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
