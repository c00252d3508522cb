"use client";

import { useTranslations } from "next-intl";
import { mayDo } from "@/lib/desk/phone/phone";
import { useKeys } from "../call/use-keys";
import { useOwnDocument } from "../ui/use-own-document";
import { CallBack } from "./call-back";
import { CallCard } from "./call-card";
import { Callbacks } from "./callbacks";
import { DeskNotes } from "./desk-notes";
import { History } from "./history";
import { Notices } from "./notices";
import { Panel } from "./panel";
import { StatusBar } from "./status-bar";
import { useCallbacks } from "./use-callbacks";
import { useCaller } from "./use-caller";
import { useDesk } from "./use-desk";
import { useRing } from "./use-ring";
import { Waiting } from "./waiting";
import { WhoCalls } from "./who-calls";
import "./desk.css";

type Props = {
  zone: string;
  tag: string;
  /** Of the contact centre's own panel; null: our own server speaks for the phone. */
  ccpUrl: string | null;
  /** Whether this colleague calls customers back. */
  callsBack: boolean;
};

/** An agent's desk: what rings and waits, the call that is on, and who is calling. */
export function Desk(props: Props) {
  const t = useTranslations("desk");
  if (useOwnDocument()) return <OpenDesk {...props} />;
  return (
    <main className="main desk">
      <h1>{t("title")}</h1>
      <p className="soft">{t("opening")}</p>
    </main>
  );
}

function OpenDesk({ zone, tag, ccpUrl, callsBack }: Props) {
  const t = useTranslations("desk");
  const { desk, setAudio, setFrame, state } = useDesk(ccpUrl, {
    unheard: t("unheard"),
    declined: t("panel.declined"),
    notHere: t("panel.notHere"),
    frameTitle: t("panel.title"),
  });
  const { phone, here } = state;
  const contact = phone?.contact ?? null;
  const ring = useRing(contact, here === true);
  const { look, again } = useCaller(here === true ? contact : null, state.arrivals);
  const callbacks = useCallbacks(callsBack, desk, phone);
  const mine = callbacks.now?.mine ?? null;
  const may = mayDo(here ? phone : null);
  const press = (act: "accept" | "reject" | "mute" | "unmute" | "hold" | "resume") => {
    if (contact && may.has(act)) void desk.act({ act, contactId: contact.contactId });
  };
  useKeys({
    a: () => press("accept"),
    r: () => press("reject"),
    m: () => press(contact?.muted ? "unmute" : "mute"),
    h: () => press(contact?.held ? "resume" : "hold"),
  });

  return (
    <main className="main desk">
      <div className="row row--wrap head">
        <h1 className="grow">{t("title")}</h1>
        <button type="button" role="switch" aria-checked={ring.on} className="switch" onClick={ring.toggle}>
          <i aria-hidden="true" />
          {t("sound")}
        </button>
        {phone ? <StatusBar desk={desk} state={state} phone={phone} /> : null}
      </div>
      <Notices desk={desk} state={state} ccpUrl={ccpUrl} />
      <p role="status" className="vh">
        {contact?.phase === "ringing" ? t("rings") : ""}
      </p>
      {/* biome-ignore lint/a11y/useMediaCaption: the voices of a call that is on */}
      <audio ref={setAudio} autoPlay />
      {phone === null && state.line === "opening" ? <p className="soft">{t("opening")}</p> : null}
      {phone === null && !ccpUrl ? null : (
        <div className={`desk__cols ${ccpUrl ? "desk__cols--panel" : ""}`}>
          <div className="stack">
            {ccpUrl ? <Panel setFrame={setFrame} /> : null}
            {phone && !ccpUrl ? <Waiting phone={phone} aheadMs={state.aheadMs} /> : null}
            {callsBack ? <Callbacks {...{ callbacks, zone, tag }} /> : null}
          </div>
          <div className="stack desk__call">
            {mine ? <CallBack key={mine.callbackId} {...{ callbacks, mine, tag }} /> : null}
            {phone ? (
              <CallCard desk={desk} state={state} phone={phone} isNoted={look.phase === "shown"} />
            ) : null}
            {contact && here ? (
              <WhoCalls
                key={`who ${state.arrivals}`}
                look={look}
                again={again}
                talking={contact.phase === "connected" && contact.consultation?.as !== "asked"}
                zone={zone}
                tag={tag}
              />
            ) : null}
            {contact && look.phase === "shown" ? (
              <DeskNotes
                key={`notes ${state.arrivals}`}
                desk={desk}
                contact={contact}
                noted={look.shown.noted}
                busy={state.busy !== null}
                zone={zone}
                tag={tag}
              />
            ) : null}
          </div>
          <aside className="stack" aria-label={t("history")}>
            {contact && look.phase === "shown" ? <History shown={look.shown} zone={zone} tag={tag} /> : null}
            <p className="hint small wide">{t("keys")}</p>
          </aside>
        </div>
      )}
    </main>
  );
}
