import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { SiteEntry } from "@/lib/host-sites/manage-sites";
import { clockTime, shortDay } from "@/lib/kernel/times";
import { ActAsked } from "../../visits/[visitId]/act-asked";
import { restore, suspend } from "./actions";
import { SiteForm } from "./site-form";

type Props = { site: SiteEntry; scriptUrl: string; zone: string; tag: string };
/** What a page of theirs holds. */
const tagsFor = (siteId: string, scriptUrl: string) =>
  [
    `<script src="${scriptUrl}" async></script>`,
    `<vouchsafe-call site="${siteId}" token-url="/call-token"></vouchsafe-call>`,
  ].join("\n");
const vh = (part: ReactNode) => <span className="vh">{part}</span>;

/** One site: where it is, what to paste there, and whether it may. */
export function SiteCard({ site, scriptUrl, zone, tag }: Props) {
  const t = useTranslations("sites");
  const { siteId, name, origins, createdAt, suspendedAt } = site;
  const at = (iso: string) => `${shortDay(new Date(iso), zone, tag)}, ${clockTime(new Date(iso), zone, tag)}`;
  return (
    <section className="card stack stack--tight" aria-labelledby={`site-${siteId}`}>
      <div className="row row--wrap">
        <h2 id={`site-${siteId}`}>{name}</h2>
        <span className={suspendedAt ? "chip" : "chip chip--good"}>
          {t(suspendedAt ? "states.suspended" : "states.open")}
        </span>
      </div>
      <p className="small soft">
        {suspendedAt ? t("suspendedAt", { when: at(suspendedAt) }) : t("since", { when: at(createdAt) })}
      </p>
      <ul className="site__origins" dir="ltr">
        {origins.map((origin) => (
          <li key={origin}>
            <code>{origin}</code>
          </li>
        ))}
      </ul>
      <div className="secret">
        <p className="small">{t("paste")}</p>
        <code dir="ltr" className="site__tags">
          {tagsFor(siteId, scriptUrl)}
        </code>
      </div>
      <div className="row row--wrap row--top">
        <details className="confirm">
          <summary className="btn btn--quiet btn--tiny">
            <span>{t.rich("changeAsk", { name, vh })}</span>
          </summary>
          <SiteForm key={`${name} ${origins.join()}`} site={site} />
        </details>
        <ActAsked
          ask={<span>{t.rich(suspendedAt ? "restoreAsk" : "suspendAsk", { name, vh })}</span>}
          tiny
          action={suspendedAt ? restore : suspend}
          fields={{ siteId }}
          look={suspendedAt ? "btn--tiny" : "btn--danger btn--tiny"}
          busy={t("working")}
          label={t(suspendedAt ? "restoreDo" : "suspendDo")}
        >
          <p className="small">{t(suspendedAt ? "restoreSay" : "suspendSay")}</p>
        </ActAsked>
      </div>
    </section>
  );
}
