import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { SupportCall } from "@/lib/call/support/open-support-call";
import type { SupportState } from "@/lib/call/support/support-call";

const keys = [
  ["1", ""],
  ["2", "ABC"],
  ["3", "DEF"],
  ["4", "GHI"],
  ["5", "JKL"],
  ["6", "MNO"],
  ["7", "PQRS"],
  ["8", "TUV"],
  ["9", "WXYZ"],
  ["*", ""],
  ["0", "+"],
  ["#", ""],
] as const;
/** How long a key that came from the keyboard looks pressed. Milliseconds. */
const litMs = 160;

/** A telephone's keys: by finger, or by the keyboard's own digits. Reads from the left in every language. */
export function Keypad(props: { call: SupportCall; state: SupportState; close: () => void }) {
  const t = useTranslations("support.keys");
  const { call, state, close } = props;
  const [lit, setLit] = useState<string | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const typed = (event: KeyboardEvent) => {
      if (event.key === "Escape") return close();
      if (event.ctrlKey || event.metaKey || event.altKey || !/^[0-9*#]$/.test(event.key)) return;
      void call.press(event.key);
      setLit(event.key);
      clearTimeout(timer);
      timer = setTimeout(() => setLit(null), litMs);
    };
    addEventListener("keydown", typed);
    return () => {
      clearTimeout(timer);
      removeEventListener("keydown", typed);
    };
  }, [call, close]);
  return (
    <section className="sup-keys" aria-label={t("title")}>
      <p className="small soft">{t("hint")}</p>
      <output className="sup-typed num" aria-label={t("typed")} dir="ltr">
        {[...state.typed].join(" ")}
      </output>
      <div className="keypad" dir="ltr">
        {keys.map(([key, letters]) => (
          <button
            key={key}
            type="button"
            className={lit === key ? "key is-down" : "key"}
            onClick={() => void call.press(key)}
          >
            {key}
            <small aria-hidden="true">{letters}</small>
          </button>
        ))}
      </div>
      <p className="field__error" role="alert">
        {state.keysFailed ? t("failed") : ""}
      </p>
      <button type="button" className="btn btn--ghost" onClick={close}>
        {t("close")}
      </button>
    </section>
  );
}
