import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { phoneWords } from "@/lib/call/time-words";
import type { TakenCallback } from "@/lib/desk/callbacks";
import { Icon, Mark } from "../ui/icon";
import { CallBackQuestions } from "./call-back-questions";
import type { CallbacksHere } from "./use-callbacks";

type Props = { callbacks: CallbacksHere; mine: TakenCallback; tag: string };

/** The callback that this agent has taken: whom to call, what to ask, and what came of it. */
export function CallBack({ callbacks, mine, tag }: Props) {
  const t = useTranslations("desk.callbacks");
  const { busy, refused, end } = callbacks;
  const { callbackId } = mine;
  const [passed, setPassed] = useState(false);
  const verified = mine.verified || passed;
  return (
    <section className="card stack" aria-labelledby="desk-callback">
      <h2 id="desk-callback">{t("mine")}</h2>
      <div className="row row--wrap">
        {verified ? <Mark /> : null}
        <p className="grow">
          <b>{`${mine.firstName} ${mine.lastName}`}</b>
          <br />
          <span className="soft">
            {t("asksAbout", { topic: t(`topic.${mine.topic ?? "other"}`) })} ·{" "}
            {t("language", { language: languageOf(mine.locale, tag) })}
          </span>
        </p>
        {mine.phone ? (
          <a className="btn btn--md" href={`tel:${mine.phone}`}>
            <Icon name="phone" />
            {t("call", { number: phoneWords(mine.phone) })}
          </a>
        ) : (
          <p className="field__error">{t("noNumber")}</p>
        )}
      </div>
      <p className="small soft">{t("paused")}</p>
      <p className="desk__do" role="status">
        {t.rich(verified ? "proved" : mine.hasAccount ? "notProved" : "noAccount", {
          b: (part) => <b>{part}</b>,
        })}
      </p>
      {!verified && mine.hasAccount ? (
        <CallBackQuestions mine={mine} off={busy} passed={() => setPassed(true)} />
      ) : null}
      <Ended callbacks={callbacks} mine={mine} />
      <div className="row row--wrap">
        <button
          type="button"
          className="btn btn--quiet"
          disabled={busy}
          aria-describedby="desk-callback-nobody"
          onClick={() => void end(callbackId, { came: "nobody" })}
        >
          {t("nobody")}
        </button>
        <button
          type="button"
          className="btn btn--quiet"
          disabled={busy}
          onClick={() => void end(callbackId, { came: "put-back" })}
        >
          {t("putBack")}
        </button>
        <span className="small soft" id="desk-callback-nobody">
          {t(mine.tries === 0 ? "nobodyFirst" : "nobodyLast")}
        </span>
      </div>
      <p className="field__error" role="alert" hidden={refused === null}>
        {refused}
      </p>
    </section>
  );
}

/** "Spanish", in the reader's language. */
function languageOf(locale: string, tag: string): string {
  const code = locale.slice(0, 2);
  return new Intl.DisplayNames(tag, { type: "language" }).of(code) ?? code;
}

const outcomes = ["solved", "follow-up", "passed-on"] as const;
type Ending = (typeof outcomes)[number];

function Ended({ callbacks, mine }: Pick<Props, "callbacks" | "mine">) {
  const t = useTranslations("desk.callbacks");
  const words = useTranslations("desk");
  const [notes, setNotes] = useState("");
  const [outcome, setOutcome] = useState<Ending>("solved");
  function finish(event: FormEvent) {
    event.preventDefault();
    void callbacks.end(mine.callbackId, { came: "spoke", outcome, notes });
  }
  return (
    <form className="stack stack--tight" onSubmit={finish}>
      <div className="field">
        <label htmlFor="desk-callback-notes">{t("notes")}</label>
        <textarea
          className="input"
          id="desk-callback-notes"
          rows={3}
          maxLength={4_000}
          value={notes}
          onChange={(event) => setNotes(event.target.value)}
        />
      </div>
      <div className="row row--wrap desk__end">
        <div className="field">
          <label htmlFor="desk-callback-outcome">{t("outcome")}</label>
          <select
            className="input"
            id="desk-callback-outcome"
            value={outcome}
            onChange={(event) => setOutcome(event.target.value as Ending)}
          >
            {outcomes.map((one) => (
              <option key={one} value={one}>
                {words(`outcomes.${one}`)}
              </option>
            ))}
          </select>
        </div>
        <button type="submit" className="btn btn--md" disabled={callbacks.busy}>
          <Icon name="tick" />
          {t("finish")}
        </button>
      </div>
    </form>
  );
}
