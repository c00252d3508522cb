import type { ConnectionFigures } from "@/lib/kernel/connection";
import { ConnectionRows, type ConnectionWords, TryingRow } from "../connection/connection-rows";
import { Icon } from "../ui/icon";

type Props = {
  line: ConnectionFigures | null;
  words: ConnectionWords;
  /** Tries the connection once more, and nothing else. */
  again: () => void;
};

/** The connection in the list of what is tried: being tried, then what was found and what helps. */
export function NetworkRow({ line, words, again }: Props) {
  return (
    <div className="stack stack--tight">
      <div role="status">
        {line ? <ConnectionRows figures={line} words={words} /> : <TryingRow words={words} />}
      </div>
      {line ? (
        <button type="button" className="btn btn--quiet btn--wide" onClick={again}>
          <Icon name="again" />
          {words.again}
        </button>
      ) : null}
    </div>
  );
}
