import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { shortTimer } from "@/lib/call/time-words";
import { keepAwake } from "@/lib/call/wake-lock";
import { Icon, Mark } from "../ui/icon";
import { PageTop } from "../ui/page-top";
import type { InCall } from "./in-line";
import { Keypad } from "./keypad";
import { VoiceNews } from "./voice-news";

/** With an agent. */
export function Talking({ facts, call, state }: InCall) {
  const t = useTranslations("support");
  const [typing, setTyping] = useState(false);
  useEffect(() => keepAwake(), []);
  const { muted } = state;
  const name = state.call?.agent ?? t("talk.agent");
  const held = state.call?.held ?? false;
  return (
    <main className="page sup-page">
      <PageTop />
      <header className="row">
        <span className="face sup-face" aria-hidden="true">
          {name.charAt(0)}
        </span>
        <div className="grow">
          <div role="status">
            <h1>{held ? t("talk.held") : t("talk.with", { name })}</h1>
          </div>
          <p className="small soft">{t("talk.support")}</p>
        </div>
        <Talked since={state.call?.connectedAt ?? null} />
      </header>
      <VoiceNews call={call} state={state} phone={facts.phone} />
      {held ? (
        <p className="banner banner--notice" role="status">
          <Icon name="music" />
          <span>{t("talk.heldSay", { name })}</span>
        </p>
      ) : facts.verified ? (
        <p className="banner banner--good">
          <Mark />
          <b>{t("talk.seesVerified", { name })}</b>
        </p>
      ) : null}
      <div className="sup-middle">
        {typing ? <Keypad call={call} state={state} close={() => setTyping(false)} /> : null}
        <p className="soft" role="status">
          {muted ? t("talk.mutedNow") : ""}
        </p>
      </div>
      <nav className="sup-bar" aria-label={t("talk.controls")}>
        <button
          type="button"
          className={muted ? "sup-ctl sup-ctl--off" : "sup-ctl"}
          onClick={() => call.setMuted(!muted)}
        >
          <span>
            <Icon name={muted ? "micOff" : "mic"} />
          </span>
          <span>{muted ? t("talk.unmute") : t("talk.mute")}</span>
        </button>
        <button
          type="button"
          className={typing ? "sup-ctl sup-ctl--on" : "sup-ctl"}
          aria-expanded={typing}
          onClick={() => setTyping(!typing)}
        >
          <span>
            <Icon name="keypad" />
          </span>
          <span>{t("talk.keypad")}</span>
        </button>
        <button type="button" className="sup-ctl sup-ctl--end" onClick={call.hangUp}>
          <span>
            <Icon name="hangUp" />
          </span>
          <span>{t("talk.end")}</span>
        </button>
      </nav>
    </main>
  );
}

function Talked({ since }: { since: string | null }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  if (!since) return null;
  return (
    <span className="sup-time num" dir="ltr">
      {shortTimer(Math.max(0, now - Date.parse(since)))}
    </span>
  );
}
