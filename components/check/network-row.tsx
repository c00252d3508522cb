import type { NetworkFinding } from "@/lib/call/check/measure-network";
import { Icon } from "../ui/icon";
import type { CheckWords } from "./check-words";

export function NetworkRow({ line, words }: { line: NetworkFinding | null; words: CheckWords }) {
  const { head, say } = words.network[line?.network ?? "measuring"];
  const look =
    !line || line.network === "slow" ? "tick tick--ask" : line.network === "good" ? "tick" : "tick tick--bad";
  return (
    <div className="device" role="status">
      <span className={look}>
        <Icon name="wifi" />
      </span>
      <div>
        <b>{head}</b>
        <p className="small soft">{say}</p>
      </div>
    </div>
  );
}
