import { useTranslations } from "next-intl";
import { isolated } from "@/lib/call/isolated";
import type { SupportCall } from "@/lib/call/support/open-support-call";
import type { CallTopic } from "@/lib/kernel/call-topic";
import { Icon } from "../ui/icon";
import { CallbackRefused } from "./callback";
import type { SupportFacts } from "./support-facts";
import type { OwnCallbackHere } from "./use-own-callback";

type Props = { facts: SupportFacts; call: SupportCall; topic: CallTopic | null; callback: OwnCallbackHere };

/** Out of the line, and called back instead: the line is left only once that is promised. */
export function CallbackInstead({ facts, call, topic, callback }: Props) {
  const t = useTranslations("support.callback");
  const { open, number } = callback.now;
  if (!facts.callback?.turn || open || number === null) return null;
  async function press() {
    if (!callback.busy && (await callback.ask("turn", topic))) call.hangUp();
  }
  return (
    <div className="stack stack--tight">
      <button
        type="button"
        className={callback.busy ? "btn btn--quiet btn--wide is-busy" : "btn btn--quiet btn--wide"}
        aria-disabled={callback.busy}
        onClick={() => void press()}
      >
        <Icon name="clock" />
        {t("instead")}
      </button>
      <p className="small soft sup-anyway">{t("insteadSay", { number: isolated(number) })}</p>
      <CallbackRefused callback={callback} />
    </div>
  );
}
