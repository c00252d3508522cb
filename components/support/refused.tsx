import { useTranslations } from "next-intl";
import type { SupportRefusal } from "@/lib/call/support/support-call";
import { phoneWords } from "@/lib/call/time-words";
import type { Messages } from "@/messages/messages";
import { Icon } from "../ui/icon";

type Code = Exclude<keyof Messages["support"]["refused"], "signIn">;
/** What signing in again cures. */
const signedOut: readonly string[] = [
  "SESSION_TOO_OLD",
  "SIGN_IN_REQUIRED",
  "SESSION_INVALID",
  "ACCESS_TOKEN_INVALID",
];

/** Why there is no call, and what to do now. */
export function Refused(props: {
  refused: SupportRefusal | null;
  /** E.164 */
  phone: string;
  signInAgain: (() => Promise<void>) | null;
}) {
  const t = useTranslations("support.refused");
  const { refused, phone, signInAgain } = props;
  if (!refused) return null;
  const isOut = signedOut.includes(refused.code);
  const known: Code = t.has(refused.code as Code)
    ? (refused.code as Code)
    : isOut
      ? "SIGN_IN_REQUIRED"
      : "AWAY";
  const minutes = Math.max(1, Math.ceil((refused.retryAfterSeconds ?? 60) / 60));
  return (
    <div className="banner banner--notice" role="alert">
      <Icon name="warn" />
      <div className="stack stack--tight">
        <p>{t(known, { minutes })}</p>
        {isOut && signInAgain ? (
          <form action={signInAgain}>
            <button type="submit" className="btn btn--quiet">
              {t("signIn")}
            </button>
          </form>
        ) : (
          <a href={`tel:${phone}`}>{phoneWords(phone)}</a>
        )}
      </div>
    </div>
  );
}
