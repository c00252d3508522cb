import { useTranslations } from "next-intl";
import { type LicenceStanding, standingOf } from "@/lib/clinicians/licence";
import { Icon } from "../../../icons";

type Props = { licence: { state: string; expiresOn: string }; today: string };
const looks = { good: "chip chip--good", ending: "chip chip--wait", expired: "chip chip--bad" } as const;

/** Where, and whether it still holds; in words where something is to be done. */
export function LicenceChip({ licence, today }: Props) {
  const standing = standingOf(licence, today);
  const words = useStandingWords()(standing);
  return (
    <span className={looks[standing.is]}>
      {standing.is === "good" ? null : <Icon name="warn" />}
      {licence.state}
      {standing.is === "good" ? null : ` · ${words}`}
    </span>
  );
}

/** For server components. */
function useStandingWords(): (standing: LicenceStanding) => string {
  const t = useTranslations("clinicians.standing");
  return ({ is, daysLeft }) => t(is, { days: Math.abs(daysLeft) });
}
