import type { Inside } from "@/lib/call/call-state";
import type { Captions } from "@/lib/call/captions/captions";
import { callWords, captionWords } from "../messages/call-words";
import { Note } from "./note";
import { nameOf } from "./side-panel";
import { useCaptions } from "./use-captions";

type Props = { captions: Captions | null; state: Inside };

/** What is said, below the picture. Whole sentences are also said, once and politely, to who listens to the page. */
export function CaptionLines({ captions, state }: Props) {
  const now = useCaptions(captions);
  if (!now?.shown || !now.on) return null;
  const by = (who: string) => (who === "me" ? callWords.you : nameOf(state, who));
  const spoken = now.lines.findLast(({ final, who }) => final && who !== "me");
  return (
    <section className="captions" aria-label={captionWords.label} data-testid="captions">
      <p className="vh" role="log" aria-live="polite">
        {spoken ? <span key={spoken.id}>{captionWords.from(by(spoken.who), spoken.text)}</span> : null}
      </p>
      <div aria-hidden="true">
        {now.lines.map(({ id, who, text }) => (
          <p key={id} className="captions__line">
            <b>{by(who)}</b> <bdi>{text}</bdi>
          </p>
        ))}
      </div>
    </section>
  );
}

/** That captions are on is nobody's secret: each is told, and each may end them. */
export function CaptionNote({ captions }: Pick<Props, "captions">) {
  const now = useCaptions(captions);
  if (!captions || !now) return null;
  const words = noteOf(now);
  return (
    <>
      <p className="vh" role="status">
        {words ? [words.title, words.say].filter(Boolean).join(" ") : ""}
      </p>
      {words ? (
        <Note icon="captions" {...words}>
          {now.on && !now.known ? (
            <>
              <button type="button" className="btn btn--onstage" onClick={captions.stop}>
                {captionWords.stop}
              </button>
              {now.shown ? null : (
                <button type="button" className="btn btn--onstage" onClick={captions.show}>
                  {captionWords.show}
                </button>
              )}
              <button type="button" className="btn btn--notice" onClick={captions.known}>
                {captionWords.known}
              </button>
            </>
          ) : null}
        </Note>
      ) : null}
    </>
  );
}

function noteOf(now: NonNullable<ReturnType<typeof useCaptions>>): { title?: string; say: string } | null {
  if (now.asked === "failed") return { say: now.on ? captionWords.stopFailed : captionWords.failed };
  if (now.asked === "starting") return { say: captionWords.starting };
  return now.on && !now.known ? captionWords.consent : null;
}
