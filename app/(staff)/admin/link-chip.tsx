import { useTranslations } from "next-intl";
import type { LinkStatus, VisitDetail } from "@/lib/visits/answers";

const looks: Record<LinkStatus, string> = {
  ISSUED: "chip",
  OPENED: "chip chip--good",
  REDEEMED: "chip chip--good",
  EXPIRED: "chip chip--done",
  REVOKED: "chip chip--done",
};

type Props = { status: LinkStatus; revoked?: VisitDetail["links"][number]["revoked"] };

/** What became of a link, in the same words wherever one is listed. */
export function LinkChip({ status, revoked = null }: Props) {
  const t = useTranslations("links.states");
  const why = useTranslations("visit.links.revoked");
  return <span className={looks[status]}>{revoked ? why(revoked) : t(status)}</span>;
}
