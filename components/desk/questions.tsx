import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { unlessOffline } from "@/lib/call/unless-offline";
import type { Caller } from "@/lib/desk/show-caller";
import { type Answers, questions, weighs } from "@/lib/kernel/caller-proof";
import { Icon } from "../ui/icon";

type Unknown = Extract<Caller, { kind: "unknown" }>;
const nothing = { firstName: "", lastName: "", account: "", phone: "", email: "", visit: "", number: "" };
type Told = { say: string; left: number; several: boolean } | null;

/** What to ask aloud. The answers are compared by the server, which shows none of its own and says of none which was wrong; passing opens the caller's page. */
export function Questions(props: { contactId: string; caller: Unknown; off: boolean; passed: () => void }) {
  const t = useTranslations("desk");
  const { contactId, caller } = props;
  const [said, setSaid] = useState(nothing);
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState<Told>(null);
  const left = told?.left ?? caller.questionsLeft;
  // What tells a household's people apart is asked where it takes that.
  const several = told?.several ?? false;
  const asked = questions.filter((one) => one !== "number" || several);
  const ready = said.firstName.trim() !== "" && said.lastName.trim() !== "" && weighs(said as Answers);

  function wordsFor(answer: Compared) {
    if (answer.several) return t("answersFitSeveral");
    return t(answer.left > 0 ? "answersWrong" : "answersOver", { left: answer.left });
  }
  async function compare(event: FormEvent) {
    event.preventDefault();
    if (busy || !ready) return;
    setBusy(true);
    const answer = await ask(contactId, said);
    setBusy(false);
    if (!answer || "refused" in answer)
      return setTold({ say: answer?.refused ?? t("unheard"), left, several });
    if (answer.passed) return props.passed();
    setTold({ say: wordsFor(answer), left: answer.left, several: several || answer.several });
  }
  const field = (name: keyof typeof nothing, label: string, type = "text") => (
    <div className="field">
      <label htmlFor={`desk-ask-${name}`}>{label}</label>
      <input
        className="input"
        id={`desk-ask-${name}`}
        type={type}
        value={said[name]}
        maxLength={100}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setSaid({ ...said, [name]: event.target.value })}
      />
    </div>
  );
  return (
    <section className="card stack stack--tight" aria-labelledby="desk-questions">
      <h2 id="desk-questions">{t("questions")}</h2>
      {left === 0 ? (
        <p role="status">{told?.say ?? t("answersOver", { left })}</p>
      ) : (
        <form className="stack stack--tight" onSubmit={(event) => void compare(event)}>
          <p className="soft">{t(caller.account === "shared" ? "questionsShared" : "questionsSay")}</p>
          <div className="desk__ask">
            {field("firstName", t("firstName"))}
            {field("lastName", t("lastName"))}
            {asked.map((one) => (
              <div key={one}>{field(one, t(`ask.${one}`), one === "visit" ? "month" : "text")}</div>
            ))}
          </div>
          <div className="row row--wrap">
            <button type="submit" className="btn btn--md" disabled={props.off || busy || !ready}>
              <Icon name="tick" />
              {busy ? t("busy") : t("compare")}
            </button>
            <span className="small soft">{t("questionsEnough")}</span>
          </div>
          <p role="status" className={told ? "" : "vh"}>
            {told?.say}
          </p>
        </form>
      )}
    </section>
  );
}

type Compared = { passed: boolean; left: number; several: boolean };

/** @returns null: nobody answered. */
async function ask(contactId: string, said: object): Promise<Compared | { refused: string } | null> {
  const response = await unlessOffline(
    fetch(`/api/desk/contacts/${encodeURIComponent(contactId)}/questions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(said),
    }),
  );
  if (!response) return null;
  const answer = await unlessOffline<Compared & { title: string; detail?: string }>(response.json());
  if (!answer) return null;
  return response.ok ? answer : { refused: `${answer.title}. ${answer.detail ?? ""}`.trim() };
}
