import { useTranslations } from "next-intl";
import { useState } from "react";
import type { LocalMedia } from "@/lib/call/local-media";
import type { SupportCall } from "@/lib/call/support/open-support-call";
import type { SupportState } from "@/lib/call/support/support-call";
import { waitRange } from "@/lib/call/support/wait-range";
import { Icon, Mark } from "../ui/icon";
import { PageTop } from "../ui/page-top";
import { CallbackInstead } from "./callback-instead";
import { Keypad } from "./keypad";
import type { SupportFacts } from "./support-facts";
import type { OwnCallbackHere } from "./use-own-callback";
import { VoiceNews } from "./voice-news";

export type InCall = { facts: SupportFacts; call: SupportCall; state: SupportState; local: LocalMedia };

/** More dots than this say nothing more. */
const dotsMax = 6;

/** From the press to the first word of an agent. */
export function InLine({ facts, call, state, callback }: InCall & { callback: OwnCallbackHere }) {
  const t = useTranslations("support");
  const [typing, setTyping] = useState(false);
  const topic = state.call?.topic;
  return (
    <main className="page sup-page">
      <PageTop />
      <VoiceNews call={call} state={state} phone={facts.phone} />
      {state.call?.handedOn ? (
        <p className="banner banner--good" role="status">
          <Icon name="phone" />
          <span>
            <b>{t("line.handedOn")}</b> {facts.verified ? t("line.handedOnKnown") : null}
          </span>
        </p>
      ) : null}
      <div className="sup-middle">
        <Place state={state} />
        <p className="soft sup-say">{t("line.stay")}</p>
        {typing ? <Keypad call={call} state={state} close={() => setTyping(false)} /> : null}
      </div>
      <div className="stack">
        <div className="card row">
          {facts.verified ? <Mark /> : null}
          <span className="grow small">
            <b>{t("line.as", { name: facts.name })}</b>
            {topic ? (
              <>
                <br />
                <span className="soft">{t("line.about", { topic: t(`topic.${topic}`) })}</span>
              </>
            ) : null}
          </span>
        </div>
        <div className="sup-pair">
          <button
            type="button"
            className="btn btn--quiet"
            aria-pressed={!state.music}
            onClick={() => call.setMusic(!state.music)}
          >
            <Icon name="music" />
            {state.music ? t("line.musicOff") : t("line.musicOn")}
          </button>
          <button
            type="button"
            className="btn btn--quiet"
            aria-expanded={typing}
            onClick={() => setTyping(!typing)}
          >
            <Icon name="keypad" />
            {t("talk.keypad")}
          </button>
        </div>
        <CallbackInstead facts={facts} call={call} topic={topic ?? null} callback={callback} />
        <button type="button" className="btn btn--hangup btn--wide" onClick={call.hangUp}>
          <Icon name="hangUp" />
          {t("line.leave")}
        </button>
      </div>
    </main>
  );
}

function Place({ state }: { state: SupportState }) {
  const t = useTranslations("support.line");
  const place = state.call?.place;
  const wait = waitRange(place?.waitSeconds);
  const words =
    wait === null
      ? t("unknown")
      : wait.kind === "soon"
        ? t("soon")
        : wait.kind === "long"
          ? t("long", { from: wait.from })
          : t("range", { from: wait.from, to: wait.to });
  if (!place)
    return (
      <div role="status">
        <h1>{state.call?.status === "waiting" ? t("title") : t("connecting")}</h1>
      </div>
    );
  return (
    <div role="status" className="sup-middle">
      {place.position > 1 ? (
        <>
          <p className="soft">{t("place")}</p>
          <p className="sup-place num">{place.position}</p>
        </>
      ) : (
        <p className="sup-next">{t("next")}</p>
      )}
      <Dots before={place.position - 1} />
      <h1>{words}</h1>
    </div>
  );
}

/** Those before, and oneself: for the eye alone, the words stand beside. */
function Dots({ before }: { before: number }) {
  const others = Array.from({ length: Math.min(before, dotsMax) }, (_, index) => `d${index}`);
  return (
    <div className="sup-dots" aria-hidden="true">
      <i className="sup-dots__desk">
        <Icon name="phone" />
      </i>
      {others.map((key) => (
        <i key={key} />
      ))}
      <i className="sup-dots__me" />
    </div>
  );
}
