import type { EndReason } from "@/lib/call/call-state";
import { Halves } from "../ui/halves";
import { PageTop } from "../ui/page-top";
import type { RoomWords } from "./room-facts";

/** After the call: what happened, and the way back where there is one. */
export function EndedCall(props: { reason: EndReason; words: RoomWords["ended"]; goBack: () => void }) {
  const { reason, words } = props;
  if (reason === "link") return null; // the link's own page is on its way
  const kind = reason === "cancelled" ? "over" : reason === "at-desk" ? "failed" : reason;
  const { title, say } = words[kind];
  // Who did not get in tries again; the others go back.
  const again = kind === "full" || kind === "failed" ? words.tryAgain : words.goBack;
  const mayReturn = kind !== "over" && kind !== "removed";
  return (
    <main className="page page--tall page--centred">
      <PageTop />
      <Halves state="apart" />
      <div className="stack">
        <div role="status">
          <h1>{title}</h1>
        </div>
        <p className="soft">{say}</p>
        {mayReturn ? (
          <button type="button" className="btn btn--big" onClick={props.goBack}>
            {again}
          </button>
        ) : null}
      </div>
    </main>
  );
}
