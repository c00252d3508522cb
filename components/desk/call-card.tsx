import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { DeskState } from "@/lib/desk/phone/open-desk";
import type { Phone, PhoneAct } from "@/lib/desk/phone/phone";
import { Icon, type IconName } from "../ui/icon";
import { Keypad } from "./keypad";
import { Since } from "./status-bar";
import { Transfer } from "./transfer";
import type { Desk } from "./use-desk";

type Props = {
  desk: Desk;
  state: DeskState;
  phone: Phone;
  /** Its notes are shown, and with them how to be done with it. */
  isNoted: boolean;
};
type Contact = NonNullable<Phone["contact"]>;
type Simple = Exclude<PhoneAct["act"], "status" | "transfer" | "consult" | "keys">;

/** The call at this desk: it rings, it is on, or its work is not done. */
export function CallCard(props: Props) {
  const t = useTranslations("desk");
  const { contact } = props.phone;
  return (
    <section className="desk__row" aria-label={t("callArea")}>
      {contact ? <Call {...props} contact={contact} /> : <Quiet {...props} />}
    </section>
  );
}

function Quiet({ desk, state, phone }: Props) {
  const t = useTranslations("desk");
  const { agent } = phone;
  const missed = agent.state === "missed";
  return (
    <div className={`card empty${missed ? " desk__missed" : ""}`}>
      <h2>{missed ? t("states.missed") : t("quiet")}</h2>
      <p className="soft">
        {missed ? t("missedSay") : t(agent.status === "Available" ? "quietAvailable" : "quietOff")}
      </p>
      {missed || agent.status !== "Available" ? (
        <button
          type="button"
          className="btn btn--md"
          disabled={!state.here || state.busy !== null}
          onClick={() => void desk.act({ act: "status", status: "Available" })}
        >
          {t("ready")}
        </button>
      ) : null}
    </div>
  );
}

function Call({ desk, state, phone, isNoted, contact }: Props & { contact: Contact }) {
  const t = useTranslations("desk");
  const [choosing, setChoosing] = useState(false);
  const [typing, setTyping] = useState(false);
  const { contactId } = contact;
  const act = (act: Simple) => void desk.act({ act, contactId });
  const buttonOf = (what: Simple, icon: IconName, look: string, shortcut?: string) => (
    <Press
      icon={icon}
      look={look}
      shortcut={shortcut}
      off={!state.here || state.busy !== null}
      press={() => act(what)}
    >
      {state.busy === what ? t("busy") : wordOf(what)}
    </Press>
  );
  const wordOf = (what: Simple) => (what === "hang-up" ? t("end") : t(what));
  const { consultation } = contact;
  const microphone = contact.muted
    ? buttonOf("unmute", "micOff", "desk__set", "M")
    : buttonOf("mute", "mic", "btn--quiet", "M");
  switch (contact.phase) {
    case "ringing":
      return (
        <div className="card desk__ring">
          <div className="grow">
            <h2>
              {t("incoming")} <Since at={contact.since} aheadMs={state.aheadMs} />
            </h2>
            <p className="soft">
              {consultation
                ? t("consultation.asks", { name: consultation.with })
                : contact.queue
                  ? t("incomingFrom", { queue: contact.queue })
                  : t("forYou")}
            </p>
          </div>
          {buttonOf("reject", "hangUp", "btn--quiet", "R")}
          {buttonOf("accept", "phone", "", "A")}
        </div>
      );
    case "connected":
      if (consultation)
        return (
          <div className="row row--wrap desk__on">
            <span className="chip chip--live">
              {t(`consultation.${consultation.as}`)} <Since at={contact.since} aheadMs={state.aheadMs} />
            </span>
            <span className="soft small" role="status">
              {t(`consultation.${consultation.phase}`, { name: consultation.with })}
            </span>
            <span className="end row row--wrap">
              {consultation.phase === "talking" ? microphone : null}
              {consultation.as === "asked" ? (
                buttonOf("leave", "hangUp", "btn--hangup")
              ) : (
                <>
                  {buttonOf("take-back", "play", "btn--quiet")}
                  {consultation.phase === "talking" ? buttonOf("hand-over", "send", "") : null}
                </>
              )}
            </span>
          </div>
        );
      return (
        <div className="stack stack--tight">
          <div className="row row--wrap desk__on">
            <span className="chip chip--live">
              {contact.held ? t("held") : t("inCall")} <Since at={contact.since} aheadMs={state.aheadMs} />
            </span>
            <span className="soft small" role="status">
              {state.here ? t(`voices.${state.voice}`) : null}
            </span>
            <span className="end row row--wrap">
              {microphone}
              {contact.held
                ? buttonOf("resume", "play", "desk__set", "H")
                : buttonOf("hold", "clock", "btn--quiet", "H")}
              {contact.video && state.voice !== "panel" ? (
                <Press
                  icon={state.cameraOn ? "cameraOff" : "camera"}
                  look="btn--quiet"
                  off={!state.here}
                  press={() => desk.setCamera(!state.cameraOn)}
                >
                  {t(state.cameraOn ? "cameraOff" : "cameraOn")}
                </Press>
              ) : null}
              <Press
                icon="keypad"
                look="btn--quiet"
                off={!state.here || contact.held}
                open={typing}
                press={() => setTyping(!typing)}
              >
                {t("keypad")}
              </Press>
              <Press
                icon="send"
                look="btn--quiet"
                off={!state.here || state.busy !== null}
                open={choosing}
                press={() => setChoosing(!choosing)}
              >
                {t("transfer")}
              </Press>
              {buttonOf("hang-up", "hangUp", "btn--hangup")}
            </span>
          </div>
          {typing && !contact.held ? (
            <Keypad desk={desk} contactId={contactId} off={!state.here || state.busy !== null} />
          ) : null}
          {choosing ? (
            <Transfer
              desk={desk}
              contactId={contactId}
              transfers={phone.transfers}
              close={() => setChoosing(false)}
            />
          ) : null}
          {state.tile !== null || state.sending ? (
            <div className="desk__stage">
              {state.tile !== null ? <Picture desk={desk} tile={state.tile} /> : <p>{t("noPicture")}</p>}
              {state.sending ? <OwnPicture desk={desk} /> : null}
            </div>
          ) : null}
        </div>
      );
    case "wrap-up":
      return (
        <div className="row row--wrap desk__on">
          <span className="chip">
            {contact.endedAt ? t("over") : t("passedOn")} <Since at={contact.since} aheadMs={state.aheadMs} />
          </span>
          {isNoted ? null : <span className="end">{buttonOf("finish", "tick", "")}</span>}
        </div>
      );
  }
}

function Press(props: {
  icon: IconName;
  look: string;
  shortcut?: string;
  off: boolean;
  open?: boolean;
  press: () => void;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      className={`btn btn--md ${props.look}`}
      disabled={props.off}
      aria-keyshortcuts={props.shortcut}
      aria-expanded={props.open}
      onClick={props.press}
    >
      <Icon name={props.icon} />
      {props.children}
    </button>
  );
}

function Picture({ desk, tile }: { desk: Desk; tile: number }) {
  const t = useTranslations("desk");
  const video = useRef<HTMLVideoElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tile is another picture
  useEffect(() => {
    desk.showTile(video.current);
    return () => desk.showTile(null);
  }, [desk, tile]);
  return <video ref={video} className="desk__picture" autoPlay playsInline muted aria-label={t("picture")} />;
}

function OwnPicture({ desk }: { desk: Desk }) {
  const t = useTranslations("desk");
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) desk.showSelf(video.current);
  }, [desk]);
  return (
    <video ref={video} className="desk__self-view" autoPlay playsInline muted aria-label={t("ownPicture")} />
  );
}
