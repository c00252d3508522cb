import { useTranslations } from "next-intl";
import type { DeskState } from "@/lib/desk/phone/open-desk";
import { Icon } from "../ui/icon";
import type { Desk } from "./use-desk";

/** What is wrong with the desk itself, and what to do about it. Each stays until its cause is gone. */
export function Notices({ desk, state, ccpUrl }: { desk: Desk; state: DeskState; ccpUrl: string | null }) {
  const t = useTranslations("desk");
  const { line, here, voice, microphone, refused } = state;
  const inCall = state.phone?.contact?.phase === "connected";
  return (
    <div className="desk__notices" role="status">
      {line === "away" || line === "lost" ? (
        <Notice title={t(line)} say={t(line === "away" ? "awaySay" : "lostSay")} />
      ) : null}
      {ccpUrl && (line === "sign-in" || line === "denied" || line === "blocked") ? (
        <Notice title={t(`panel.${line}`)} say={t(`panel.${line}Say`)}>
          <a className="btn btn--md" href={ccpUrl} target="_blank" rel="noopener noreferrer">
            {t(`panel.${line}Do`)}
          </a>
        </Notice>
      ) : null}
      {here === false ? (
        <Notice title={t("otherTab")} say={t("otherTabSay")}>
          <UseHere desk={desk} />
        </Notice>
      ) : null}
      {here && voice === "elsewhere" ? (
        <Notice title={t("otherDevice")} say={t("otherDeviceSay")}>
          <UseHere desk={desk} />
        </Notice>
      ) : null}
      {inCall && here && microphone === "refused" ? (
        <Notice title={t("noMicrophone")} say={t("noMicrophoneSay")} />
      ) : null}
      {refused ? <Notice title={refused} /> : null}
    </div>
  );
}

function Notice(props: { title: string; say?: string; children?: React.ReactNode }) {
  return (
    <div className="banner banner--notice">
      <Icon name="warn" />
      <div className="grow">
        <p>
          <b>{props.title}</b>
        </p>
        {props.say ? <p>{props.say}</p> : null}
      </div>
      {props.children}
    </div>
  );
}

function UseHere({ desk }: { desk: Desk }) {
  const t = useTranslations("desk");
  return (
    <button type="button" className="btn btn--md" onClick={desk.takeOver}>
      {t("useHere")}
    </button>
  );
}
