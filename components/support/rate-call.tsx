import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, use, useId, useState } from "react";
import { unlessOffline } from "@/lib/call/unless-offline";
import { Icon } from "../ui/icon";
import { LineContext } from "./line";

const scale = [1, 2, 3, 4, 5] as const;

/** How it was: once. */
export function RateCall({ callId }: { callId: string }) {
  const t = useTranslations("support.rate");
  const name = useId();
  const [stars, setStars] = useState(0);
  const [step, setStep] = useState<"ask" | "sending" | "failed" | "done">("ask");
  const line = use(LineContext);
  const { refresh } = useRouter();
  if (step === "done")
    return (
      <p className="banner banner--good" role="status">
        <Icon name="tick" />
        <span>{t("thanks")}</span>
      </p>
    );

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (step === "sending" || stars === 0) return;
    const words = String(new FormData(event.currentTarget).get("words") ?? "").trim();
    setStep("sending");
    const response = await unlessOffline(
      line.fetch(`/api/support-calls/${callId}/rating`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ stars, ...(words ? { words } : {}) }),
      }),
    );
    setStep(response?.ok ? "done" : "failed");
    if (response?.ok) refresh();
  }
  return (
    <form className="card stack" onSubmit={(event) => void send(event)}>
      <fieldset className="sup-stars">
        <legend>{t("title")}</legend>
        <div className="row">
          {scale.map((one) => (
            <label key={one} className={one <= stars ? "sup-star sup-star--on" : "sup-star"}>
              <input
                type="radio"
                className="vh"
                name={name}
                value={one}
                checked={one === stars}
                onChange={() => setStars(one)}
              />
              <Icon name="star" />
              <span className="vh">{t("stars", { stars: one })}</span>
            </label>
          ))}
        </div>
        <p className="small soft">{t("scale")}</p>
      </fieldset>
      {stars > 0 ? (
        <>
          <div className="field">
            <label htmlFor={`${name}words`}>{t("words")}</label>
            <textarea id={`${name}words`} className="input" name="words" rows={2} maxLength={500} />
            <p className="hint small">{t("wordsHint")}</p>
          </div>
          <button type="submit" className={step === "sending" ? "btn is-busy" : "btn"}>
            {step === "sending" ? t("sending") : t("send")}
          </button>
        </>
      ) : null}
      <p className="field__error" role="alert">
        {step === "failed" ? t("failed") : ""}
      </p>
    </form>
  );
}
