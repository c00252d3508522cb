"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Icon } from "../../icons";
import { type Asked, type AskedSeries, weigh, weighSeries } from "./weigh";
import type { WeighedWords } from "./weigh-words";

/** How long the form must rest before it is weighed. Milliseconds. */
const restMs = 350;

/**
 * What booking what is typed would come to; null until that is known. Asked anew whenever the form has changed and rests.
 * @param asked null while the form is being sent: a question that came after it would be asked from the page that it leads to.
 */
export function useWeighed(asked: Asked | null): WeighedWords | null {
  return useAnswer(asked, weigh);
}

/** The same of every date of a series, in their order. */
export function useWeighedSeries(asked: AskedSeries | null): WeighedWords[] | null {
  return useAnswer(asked, weighSeries);
}

/** Who got no answer asks again so much later. Milliseconds. */
const againMs = 3_000;

/** What is asked of the server whenever the question has changed and rests; null until that is known. @param ask the same function at every call. */
export function useAnswer<Question, Answer>(
  asked: Question | null,
  ask: (question: Question) => Promise<Answer | null>,
): Answer | null {
  const question = asked && JSON.stringify(asked);
  const [answer, setAnswer] = useState<{ to: string; words: Answer | null } | null>(null);
  useEffect(() => {
    if (question === null) return;
    let over = false;
    let timer = setTimeout(inquire, restMs);
    async function inquire() {
      try {
        const words = await ask(JSON.parse(question as string));
        if (!over) setAnswer({ to: question as string, words });
      } catch (cause) {
        // Not reached, as `fetch` says it: what is typed may rest for long, so it is asked again. A fault shows itself.
        if (!(cause instanceof TypeError)) throw cause;
        if (!over) timer = setTimeout(inquire, againMs);
      }
    }
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [question, ask]);
  return answer?.to === question ? answer.words : null;
}

/** Said before anything is pressed: what would be refused, and what staff may go on with. */
export function WeighedPanel({ weighed }: { weighed: WeighedWords | null }) {
  const t = useTranslations("weigh");
  return (
    <div role="status" className="stack stack--tight">
      {weighed && weighed.refusals.length > 0 ? (
        <div className="banner banner--danger">
          <Icon name="warn" />
          <div>
            <b>{t("wouldRefuse")}</b>
            <Said list={weighed.refusals} />
          </div>
        </div>
      ) : null}
      {weighed && weighed.warnings.length > 0 ? (
        <div className="banner banner--notice">
          <Icon name="warn" />
          <div>
            <b>{t("worthAThought")}</b>
            <Said list={weighed.warnings} />
          </div>
        </div>
      ) : null}
      {weighed && weighed.refusals.length + weighed.warnings.length === 0 ? (
        <p className="banner banner--good">
          <Icon name="good" />
          <span>{t("good")}</span>
        </p>
      ) : null}
    </div>
  );
}

export function Said({ list }: { list: WeighedWords["refusals"] }) {
  const t = useTranslations("weigh");
  return (
    <ul>
      {list.map(({ say, visitId }) => (
        <li key={say}>
          {say}{" "}
          {visitId ? (
            <a href={`/admin/visits/${visitId}`} target="_blank" rel="noreferrer">
              {t("look")}
              <span className="vh">{t("newTab")}</span>
            </a>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
