import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { isolated } from "@/lib/call/isolated";
import { phoneWords } from "@/lib/call/time-words";
import type { CallTopic } from "@/lib/kernel/call-topic";
import type { Messages } from "@/messages/messages";
import { Icon } from "../ui/icon";
import { AskedCallback } from "./asked-callback";
import type { CallbackFacts, SupportFacts } from "./support-facts";
import { useCallingNow } from "./use-calling-now";
import type { OwnCallbackHere } from "./use-own-callback";

type Props = {
  facts: SupportFacts;
  topic: CallTopic | null;
  /** Null before the page is awake. */
  callback: OwnCallbackHere | null;
};

/** Being called back: asked for, how it stands, changed and cancelled. Nothing, where we know no record of theirs. */
export function Callback({ facts, topic, callback }: Props) {
  const t = useTranslations("support.callback");
  const [asking, setAsking] = useState(false);
  const title = useId();
  const own = callback?.now ?? facts.callback?.now;
  const calling = own?.open?.state === "calling";
  useCallingNow(calling);
  if (!facts.callback || !own) return null;
  const { open, last, number } = own;
  const shut = asking || (facts.now.closed && !open);
  async function ask(when: string) {
    if (await callback?.ask(when, topic ?? open?.topic ?? null)) setAsking(false);
  }
  return (
    <section className="card stack" aria-labelledby={title}>
      <div className="row">
        <Icon name={open && !calling ? "clock" : "phone"} />
        <h2 id={title} className="grow">
          {open ? t(calling ? "open.calling" : "open.title") : t("title")}
        </h2>
      </div>
      {open ? <AskedCallback facts={facts} open={open} number={number} /> : null}
      {last && !open ? (
        <p role="status">
          <b>{t(`last.${last}`)}</b> {t("last.say")}{" "}
          <a href={`tel:${facts.phone}`}>{phoneWords(facts.phone)}</a>
        </p>
      ) : null}
      {number === null && !open ? <p className="soft">{t("noNumber")}</p> : null}
      {number !== null && !open ? <p className="soft">{t("say", { number: isolated(number) })}</p> : null}
      {number !== null && shut ? (
        <WhenForm offered={facts.callback} callback={callback} changes={open !== null} ask={ask} />
      ) : null}
      <CallbackRefused callback={callback} />
      {calling ? (
        <button
          type="button"
          className={callback?.busy ? "btn btn--quiet is-busy" : "btn btn--quiet"}
          disabled={!callback}
          aria-disabled={callback?.busy}
          onClick={() => callback?.busy || void callback?.putOff()}
        >
          {t("putOff")}
        </button>
      ) : null}
      <div className="stack stack--tight" hidden={number === null || calling}>
        {open && !asking ? (
          <div className="sup-pair">
            <button type="button" className="btn btn--quiet" onClick={() => setAsking(true)}>
              {t("change")}
            </button>
            <button
              type="button"
              className={callback?.busy ? "btn btn--quiet is-busy" : "btn btn--quiet"}
              aria-disabled={callback?.busy}
              onClick={() => void callback?.cancel()}
            >
              {t("cancel")}
            </button>
          </div>
        ) : null}
        {open && asking ? (
          <button type="button" className="btn btn--quiet" onClick={() => setAsking(false)}>
            {t("keep")}
          </button>
        ) : null}
        {!open && !shut ? (
          <button
            type="button"
            className="btn btn--quiet"
            disabled={!callback}
            onClick={() => setAsking(true)}
          >
            {t("title")}
          </button>
        ) : null}
      </div>
    </section>
  );
}

type WhenProps = {
  offered: CallbackFacts;
  callback: OwnCallbackHere | null;
  changes: boolean;
  ask: (when: string) => Promise<void>;
};

function WhenForm({ offered, callback, changes, ask }: WhenProps) {
  const t = useTranslations("support.callback");
  const id = useId();
  const { turn, hours } = offered;
  const [inTurn, setInTurn] = useState(turn);
  const [hour, setHour] = useState(hours[0]?.from ?? "");
  const days = [...new Set(hours.map(({ day }) => day))];
  // An hour may have passed since it was chosen: then the next one is.
  const chosen = hours.some(({ from }) => from === hour) ? hour : (hours[0]?.from ?? "");
  const byTurn = turn && (inTurn || hours.length === 0);
  function send(event: FormEvent) {
    event.preventDefault();
    if (!callback?.busy) void ask(byTurn ? "turn" : chosen);
  }
  if (!turn && hours.length === 0) return null;
  return (
    <form className="stack" onSubmit={send}>
      <fieldset className="stack stack--tight sup-when">
        <legend className="vh">{t("when")}</legend>
        {turn ? (
          <Choice name={id} on={byTurn} choose={() => setInTurn(true)} title={t("turn")} say={t("turnSay")} />
        ) : null}
        {hours.length > 0 ? (
          <Choice name={id} on={!byTurn} choose={() => setInTurn(false)} title={t("hour")} />
        ) : null}
      </fieldset>
      {byTurn ? null : (
        <label className="stack stack--tight">
          <span>{t("hours")}</span>
          <span className="pick">
            <select className="input" value={chosen} onChange={(event) => setHour(event.target.value)}>
              {days.map((day) => (
                <optgroup key={day} label={day}>
                  {hours
                    .filter((one) => one.day === day)
                    .map(({ from, words }) => (
                      <option key={from} value={from}>
                        {`${day}, ${words}`}
                      </option>
                    ))}
                </optgroup>
              ))}
            </select>
            <Icon name="down" />
          </span>
        </label>
      )}
      <p className="small soft">{t("questions")}</p>
      <button
        type="submit"
        className={callback?.busy ? "btn btn--wide is-busy" : "btn btn--wide"}
        disabled={!callback}
        aria-disabled={callback?.busy}
      >
        {callback?.busy ? t("asking") : t(changes ? "move" : "ask")}
      </button>
    </form>
  );
}

function Choice(props: { name: string; on: boolean; choose: () => void; title: string; say?: string }) {
  const { name, on, choose, title, say } = props;
  return (
    <label className={on ? "choice choice--on" : "choice"}>
      <input type="radio" className="vh" name={name} checked={on} onChange={choose} />
      <i />
      <span>
        {title}
        {say ? <span className="sup-when__say small soft">{say}</span> : null}
      </span>
    </label>
  );
}

type Code = keyof Messages["support"]["callback"]["refused"];

/** Why the last press did nothing. */
export function CallbackRefused({ callback }: { callback: OwnCallbackHere | null }) {
  const t = useTranslations("support.callback.refused");
  const code = callback?.refused ?? null;
  return (
    <p className="field__error" role="alert" hidden={code === null}>
      {code === null ? "" : t(t.has(code as Code) ? (code as Code) : "AWAY")}
    </p>
  );
}
