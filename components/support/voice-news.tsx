import { useTranslations } from "next-intl";
import type { SupportCall } from "@/lib/call/support/open-support-call";
import type { SupportState } from "@/lib/call/support/support-call";
import { phoneWords } from "@/lib/call/time-words";
import { Icon } from "../ui/icon";

/** Where the voice is, when it is not simply here. Stays until its cause is gone. */
export function VoiceNews({ call, state, phone }: { call: SupportCall; state: SupportState; phone: string }) {
  const t = useTranslations("support");
  switch (state.voice) {
    case "back-soon":
      return (
        <p className="banner banner--notice" role="status">
          <Icon name="wifi" />
          <span>
            <b>{t("back")}</b> {t("backSay")}
          </span>
        </p>
      );
    case "elsewhere":
      return (
        <div className="banner banner--notice" role="alert">
          <Icon name="phone" />
          <div className="stack stack--tight">
            <p>
              <b>{t("elsewhere")}.</b> {t("elsewhereSay")}
            </p>
            <button type="button" className="btn btn--quiet" onClick={call.takeBack}>
              {t("takeHere")}
            </button>
          </div>
        </div>
      );
    case "failed":
      return (
        <div className="banner banner--danger" role="alert">
          <Icon name="warn" />
          <div className="stack stack--tight">
            <p>
              <b>{t("noVoice")}.</b> {t("noVoiceSay")} <a href={`tel:${phone}`}>{phoneWords(phone)}</a>
            </p>
            <button type="button" className="btn btn--quiet" onClick={call.takeBack}>
              {t("tryAgain")}
            </button>
          </div>
        </div>
      );
    default:
      return null;
  }
}
