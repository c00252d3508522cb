import { type ConnectionFigures, type ConnectionFinding, findingsOf, isWhole } from "@/lib/kernel/connection";
import type { Messages } from "@/messages/messages";
import { Icon, type IconName } from "../ui/icon";

/** What a check of the connection says, in the language of its page. */
export type ConnectionWords = Messages["connection"];

/** With these the visit still works, if not as well. */
const mild: readonly ConnectionFinding[] = [
  "udp-detour",
  "loss",
  "line-slow",
  "far",
  "unsteady",
  "device-slow",
];
const looks = { good: "tick", ask: "tick tick--ask", bad: "tick tick--bad" } as const;

/** While it is being tried. */
export function TryingRow({ words }: { words: ConnectionWords }) {
  return (
    <ul>
      <Row look="ask" name="wifi" {...words.running} />
    </ul>
  );
}

/** Each finding with what to do about it, the worst first; or that all is well. */
export function ConnectionRows({ figures, words }: { figures: ConnectionFigures; words: ConnectionWords }) {
  const found = findingsOf(figures);
  return (
    <ul>
      {found.length === 0 ? (
        <Row look={isWhole(figures) ? "good" : "ask"} name="wifi" {...calmWords(figures, words)} />
      ) : (
        found.map((finding) => (
          <Row
            key={finding}
            look={mild.includes(finding) ? "ask" : "bad"}
            name={finding === "device-slow" ? "clock" : "wifi"}
            {...words.findings[finding]}
          />
        ))
      )}
    </ul>
  );
}

function calmWords(figures: ConnectionFigures, words: ConnectionWords) {
  if (isWhole(figures)) return words.good;
  return figures.network === "untried" && figures.path === "untried" ? words.untried : words.part;
}

function Row(props: { look: keyof typeof looks; name: IconName; head: string; say: string }) {
  return (
    <li className="device">
      <span className={looks[props.look]}>
        <Icon name={props.look === "good" ? "tick" : props.name} />
      </span>
      <div>
        <b>{props.head}</b>
        <p className="small soft">{props.say}</p>
      </div>
    </li>
  );
}
