import { useTranslations } from "next-intl";
import type { MailerRefusal } from "@/lib/ports/mailer";
import type { TexterRefusal } from "@/lib/ports/texter";
import refusals from "@/messages/en/refusals.json";
import visit from "@/messages/en/visit.json";

/** Whatever a sender of messages refuses has words here: a new code without them does not compile. */
const failures = visit.visit.reasons satisfies Record<TexterRefusal["code"] | MailerRefusal["code"], string>;

type Refused = keyof typeof refusals.refusals;
type Failed = keyof typeof failures;
const isRefused = (code: string): code is Refused => Object.hasOwn(refusals.refusals, code);
const isFailed = (code: string): code is Failed => Object.hasOwn(failures, code);

/**
 * Why something was refused or did not arrive, in words: our own codes. A provider's own word for a failure has no other and stays as it is.
 * For server components.
 */
export function useReasonWords(): (code: string | null) => string | null {
  const failed = useTranslations("visit.reasons");
  const refused = useTranslations("refusals");
  return (code) => {
    if (code === null) return null;
    if (isFailed(code)) return failed(code);
    return isRefused(code) ? refused(`${code}.title`) : code;
  };
}
