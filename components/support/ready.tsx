import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useId, useState } from "react";
import type { LocalMedia } from "@/lib/call/local-media";
import type { SupportCall } from "@/lib/call/support/open-support-call";
import type { SupportState } from "@/lib/call/support/support-call";
import { type CallTopic, callTopics } from "@/lib/kernel/call-topic";
import { DeviceTrouble } from "../prejoin/device-trouble";
import { Icon } from "../ui/icon";
import { useLocalMedia } from "../ui/use-local-media";
import { Callback } from "./callback";
import { Microphone } from "./microphone";
import { OpeningNow } from "./opening";
import { Refused } from "./refused";
import type { SupportFacts } from "./support-facts";
import type { OwnCallbackHere } from "./use-own-callback";

type Props = {
  facts: SupportFacts;
  proof: ReactNode;
  /** Null before the page is awake. */
  local: LocalMedia | null;
  call: SupportCall | null;
  state: SupportState | null;
  signInAgain: (() => Promise<void>) | null;
  callback: OwnCallbackHere | null;
};

/** Before the call: who calls, about what, with which microphone. */
export function Ready({ facts, proof, local, call, state, signInAgain, callback }: Props) {
  const t = useTranslations("support");
  const media = useLocalMedia(local);
  const [topic, setTopic] = useState<CallTopic | null>(facts.open?.topic ?? null);
  const [unheard, setUnheard] = useState(false);
  const online = useOnline();
  const busy = state?.phase === "starting";
  const { microphone } = media;
  const closed = facts.now.closed && !facts.open;

  const callBack = <Callback facts={facts} topic={topic} callback={callback} />;
  // What was promised, or is the better way while nobody is there, comes first; else it stands second to the call.
  const callBackFirst = closed || (callback?.now ?? facts.callback?.now)?.open != null;

  async function press() {
    if (!local || !call || busy) return;
    if (local.state().microphone.state !== "on") await local.open({ camera: false, microphone: true });
    const on = local.state().microphone.state === "on";
    setUnheard(!on);
    if (on) await call.start(topic);
  }
  return (
    <>
      <h1>{t("title")}</h1>
      <OpeningNow now={facts.now} />
      {facts.open && !busy ? (
        <p className="banner banner--notice">
          <Icon name="phone" />
          <span>
            <b>{t("openCall")}</b> {t("openCallSay")}
          </span>
        </p>
      ) : null}
      {callBackFirst ? callBack : null}
      {proof}
      {facts.open ? null : <Topics topic={topic} choose={setTopic} />}
      {local && microphone.state === "problem" ? (
        <DeviceTrouble
          needed
          linkless
          local={local}
          media={media}
          locale={facts.locale}
          tryAgain={() => void local.open({ camera: false, microphone: true })}
        />
      ) : null}
      <Microphone local={local} media={media} />
      {callBackFirst ? null : callBack}
      <div className="dock">
        {online ? null : (
          <p className="banner banner--notice" role="status">
            <Icon name="wifi" />
            <span>{t("offline")}</span>
          </p>
        )}
        <Refused refused={state?.refused ?? null} phone={facts.phone} signInAgain={signInAgain} />
        <button
          type="button"
          className={`btn btn--big${closed ? " btn--quiet" : ""}${busy ? " is-busy" : ""}`}
          disabled={!local || !online}
          aria-disabled={busy}
          onClick={() => void press()}
        >
          <Icon name="phone" />
          {busy ? t("calling") : facts.open ? t("goOn") : closed ? t("now.callAnyway") : t("callNow")}
        </button>
        {closed ? <p className="small soft sup-anyway">{t("now.callAnywaySay")}</p> : null}
        <p className="field__error centred" role="alert">
          {unheard && microphone.state !== "on" ? t("micFirst") : ""}
        </p>
      </div>
    </>
  );
}

function Topics({ topic, choose }: { topic: CallTopic | null; choose: (topic: CallTopic) => void }) {
  const t = useTranslations("support");
  const name = useId();
  return (
    <fieldset className="stack stack--tight sup-topics">
      <legend>{t("topics")}</legend>
      {callTopics.map((one) => (
        <label key={one} className={one === topic ? "choice choice--on" : "choice"}>
          <input
            type="radio"
            className="vh"
            name={name}
            value={one}
            checked={one === topic}
            onChange={() => choose(one)}
          />
          <i />
          {t(`topic.${one}`)}
        </label>
      ))}
    </fieldset>
  );
}

function useOnline(): boolean {
  const [online, setOnline] = useState(true);
  useEffect(() => {
    const look = () => setOnline(navigator.onLine);
    look();
    addEventListener("online", look);
    addEventListener("offline", look);
    return () => {
      removeEventListener("online", look);
      removeEventListener("offline", look);
    };
  }, []);
  return online;
}
