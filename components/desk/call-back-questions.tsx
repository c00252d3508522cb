import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { unlessOffline } from "@/lib/call/unless-offline";
import type { TakenCallback } from "@/lib/desk/callbacks";
import { type Answers, weighs } from "@/lib/kernel/caller-proof";
import { Icon } from "../ui/icon";

type Props = { mine: TakenCallback; off: boolean; passed: () => void };

/** The number that was called is no answer: whoever picks up has it. */
const asked = ["account", "email", "visit"] as const;
const nothing = { account: "", email: "", visit: "" };

/** What to ask aloud of whoever picked up. Whom we called is known; that it is them, their answers must show. */
export function CallBackQuestions({ mine, off, passed }: Props) {
  const t = useTranslations("desk");
  const words = useTranslations("desk.callbacks");
  const [said, setSaid] = useState(nothing);
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState<{ say: string; left: number } | null>(null);
  const left = told?.left ?? mine.questionsLeft;
  const ready = weighs(said as Answers);
  async function compare(event: FormEvent) {
    event.preventDefault();
    if (busy || !ready) return;
    setBusy(true);
    const answer = await ask(mine.callbackId, said);
    setBusy(false);
    if (!answer) return setTold({ say: t("unheard"), left });
    if (answer.passed) return passed();
    setTold({
      say: answer.refused ?? t("answersWrong", { left: answer.left ?? 0 }),
      left: answer.left ?? left,
    });
  }
  if (left === 0) return <p role="status">{words("closed")}</p>;
  return (
    <form className="stack stack--tight" onSubmit={(event) => void compare(event)}>
      <p className="soft">{words("askSay")}</p>
      <div className="desk__ask">
        {asked.map((one) => (
          <div key={one} className="field">
            <label htmlFor={`desk-callback-${one}`}>{t(`ask.${one}`)}</label>
            <input
              className="input"
              id={`desk-callback-${one}`}
              type={one === "visit" ? "month" : "text"}
              value={said[one]}
              maxLength={100}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setSaid({ ...said, [one]: event.target.value })}
            />
          </div>
        ))}
      </div>
      <div className="row row--wrap">
        <button type="submit" className="btn btn--md" disabled={off || busy || !ready}>
          <Icon name="tick" />
          {busy ? t("busy") : t("compare")}
        </button>
      </div>
      <p role="status" className={told ? "" : "vh"}>
        {told?.say}
      </p>
    </form>
  );
}

type Answer = { passed?: boolean; left?: number; refused?: string };

/** @returns null: nobody answered. */
async function ask(callbackId: string, said: object): Promise<Answer | null> {
  const response = await unlessOffline(
    fetch(`/api/desk/callbacks/${encodeURIComponent(callbackId)}/questions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(said),
    }),
  );
  if (!response) return null;
  const answer = await unlessOffline<Answer & { title: string; detail?: string }>(response.json());
  if (!answer) return null;
  return response.ok ? answer : { refused: `${answer.title}. ${answer.detail ?? ""}`.trim() };
}
