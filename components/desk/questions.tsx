import { useTranslations } from "next-intl";
import type { Caller } from "@/lib/desk/show-caller";

type Account = Extract<Caller, { kind: "unknown" }>["account"];

/** What to ask, and what to do when it isn't known. Nothing here opens an account: answers are checked in the clinic's own book. */
export function Questions({ account }: { account: Account }) {
  const t = useTranslations("desk");
  return (
    <section className="card stack stack--tight" aria-labelledby="desk-questions">
      <h2 id="desk-questions">{t("questions")}</h2>
      <p className="soft">{t("questionsSay")}</p>
      <ol className="desk__qs">
        <li>
          <b>{t("question1")}</b>
          <span className="small soft">{t(`accounts.${account}`)}</span>
        </li>
        <li>
          <b>{t("question2")}</b>
        </li>
        <li>
          <b>{t("question3")}</b>
        </li>
      </ol>
    </section>
  );
}
