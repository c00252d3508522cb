import Link from "next/link";
import { useTranslations } from "next-intl";
import { clockTime, shortDay } from "@/lib/kernel/times";
import type { LinkEntry } from "@/lib/visits/list-links";
import { browserName } from "../../../account/browser-name";
import { LinkChip } from "../link-chip";
import { TakeBack } from "../visits/[visitId]/take-back";

type Props = { links: LinkEntry[]; zone: string; tag: string };

/** Each link with what became of it, lines by name on a phone. */
export function LinkList({ links, zone, tag }: Props) {
  const t = useTranslations("links");
  const who = useTranslations("visit.parties");
  const at = (iso: string) => `${shortDay(new Date(iso), zone, tag)}, ${clockTime(new Date(iso), zone, tag)}`;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls sideways must be reachable by keyboard (axe scrollable-region-focusable)
    <section className="card card--flush scroll" aria-label={t("title")} tabIndex={0}>
      <table className="table table--stack entries">
        <thead>
          <tr>
            <th scope="col">{t("for")}</th>
            <th scope="col">{t("state")}</th>
            <th scope="col">{t("made")}</th>
            <th scope="col">{t("opened")}</th>
            <th scope="col">{t("visit")}</th>
            <th scope="col">{t("runsOut")}</th>
            <th scope="col">{t("act")}</th>
          </tr>
        </thead>
        <tbody>
          {links.map((link) => (
            <tr
              key={link.tokenId}
              className={link.status === "REVOKED" || link.status === "EXPIRED" ? "is-past" : undefined}
            >
              <td>
                <span>
                  <b>{link.name ?? who(link.party)}</b>{" "}
                  {link.name ? <span className="small soft">{who(link.party)}</span> : null}
                </span>
              </td>
              <td>
                <LinkChip status={link.status} revoked={link.revoked} />
              </td>
              <td data-label={t("made")}>
                <span>
                  {at(link.issuedAt)} <Issuer {...link} />
                </span>
              </td>
              <td data-label={t("opened")}>
                <Opened link={link} at={at} />
              </td>
              <td data-label={t("visit")}>
                <Link href={`/admin/visits/${link.visitId}`}>{at(link.scheduledAt)}</Link>
              </td>
              <td data-label={t("runsOut")}>{at(link.expiresAt)}</td>
              <td>
                {link.revocable ? (
                  <TakeBack
                    visitId={link.visitId}
                    tokenId={link.tokenId}
                    party={who(link.party)}
                    name={link.name}
                    inside={link.status === "REDEEMED"}
                  />
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Issuer({ issuedBy }: LinkEntry) {
  const t = useTranslations("links.by");
  return <span className="small soft">{issuedBy.kind === "staff" ? issuedBy.name : t(issuedBy.kind)}</span>;
}

/** When it was opened and used, and by what: what a browser says of itself is no proof. */
function Opened({ link, at }: { link: LinkEntry; at: (iso: string) => string }) {
  const t = useTranslations("links");
  const { openedAt, redeemedAt, seenFrom } = link;
  if (!openedAt && !redeemedAt) return <span className="soft">{t("unopened")}</span>;
  const from = seenFrom ? [browserName(seenFrom.userAgent), seenFrom.ip].filter(Boolean).join(" · ") : "";
  return (
    <span>
      {[openedAt && at(openedAt), redeemedAt && t("joined", { at: at(redeemedAt) })]
        .filter(Boolean)
        .join(", ")}{" "}
      {from ? <span className="small soft">{from}</span> : null}
    </span>
  );
}
