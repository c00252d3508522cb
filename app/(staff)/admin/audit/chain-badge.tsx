import { useTranslations } from "next-intl";
import type { ChainCheck } from "@/lib/audit/check-chain";
import { clockTime, shortDay } from "@/lib/kernel/times";
import { Icon } from "../../../icons";

type Props = { check: ChainCheck; now: Date; zone: string; tag: string };
const oldMs = 24 * 3_600_000;

/** What the last pass over the whole audit found, how far it reached and when it ended: never more than was recomputed. */
export function ChainBadge({ check, now, zone, tag }: Props) {
  const t = useTranslations("audit.chain");
  const at = (moment: Date) => `${shortDay(moment, zone, tag)}, ${clockTime(moment, zone, tag)}`;
  const { last, underWay } = check;
  const told = () => {
    if (!last) return { look: "", icon: null, word: t("none"), say: t("noneSay") };
    const [first] = last.findings;
    if (first)
      return {
        look: " chip--bad",
        icon: "warn" as const,
        word: t("broken"),
        say: t("brokenSay", {
          chains: last.findings.length,
          at: at(last.finishedAt),
          chain: first.stream,
          place: first.seq,
          problem: t(`problems.${first.problem}`),
        }),
      };
    if (now.getTime() - last.finishedAt.getTime() > oldMs)
      return {
        look: " chip--wait",
        icon: "warn" as const,
        word: t("old"),
        say: t("oldSay", { at: at(last.finishedAt) }),
      };
    return {
      look: " chip--good",
      icon: "good" as const,
      word: t("whole"),
      say: t("wholeSay", { rows: last.rows, before: at(last.begunAt), at: at(last.finishedAt) }),
    };
  };
  const { look, icon, word, say } = told();
  return (
    <section className="chain" aria-label={t("title")}>
      <span className={`chip${look}`}>
        {icon ? <Icon name={icon} /> : null}
        {word}
      </span>
      <p className="small soft">
        {say}
        {underWay && underWay.rows > 0 ? ` ${t("underWay", { rows: underWay.rows })}` : null}
      </p>
    </section>
  );
}
