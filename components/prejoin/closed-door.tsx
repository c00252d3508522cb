import { clockTime } from "@/lib/call/time-words";
import type { Door } from "@/lib/visits/answers";
import { closedWords } from "../messages/en";
import { Halves } from "../ui/halves";
import { HelpCard } from "../ui/help-card";
import { PageTop } from "../ui/page-top";
import { SendButton } from "./send-button";

type Closed = Exclude<Door, { kind: "ready" }>;

/** A link that opens nothing (now): what happened, what to do, whom to call. */
export function ClosedDoor(props: {
  door: Closed;
  code: string;
  clinician: string;
  /** A server action; its form works without JavaScript. */
  sendNewLink: (form: FormData) => Promise<void>;
}) {
  const { door } = props;
  const { title, say } = closedWords[door.kind];
  const open = "canResend" in door && door.canResend ? door : null;
  return (
    <main className="page page--tall">
      <PageTop />
      <Halves state="apart" />
      <div className="stack">
        <h1>{title}</h1>
        <p className="soft">{say}</p>
        {door.kind === "limited" ? (
          <>
            <p className="soft">
              {closedWords.limited.wait(Math.max(1, Math.ceil(door.retryAfterSeconds / 60)))}
            </p>
            <a className="btn btn--big" href={`/j/${encodeURIComponent(props.code)}`}>
              {closedWords.tryAgain}
            </a>
          </>
        ) : null}
        {open ? (
          <>
            <StillOpen
              name={props.clinician}
              time={clockTime(new Date(open.visit.windowEndsAt), open.visit.timeZone)}
            />
            <form action={props.sendNewLink} className="stack stack--tight">
              <input type="hidden" name="code" value={props.code} />
              <input type="hidden" name="visitId" value={open.visit.visitId} />
              <SendButton />
              <p className="small soft centred">{closedWords.whereItGoes}</p>
            </form>
          </>
        ) : null}
        <HelpCard phone={door.clinic.phone} />
      </div>
    </main>
  );
}

function StillOpen({ name, time }: { name: string; time: string }) {
  const { before, strong } = closedWords.stillOpen(name, time);
  return (
    <p className="soft">
      {before}
      <b className="ink">{strong}</b>
    </p>
  );
}
