"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useActionState, useState } from "react";
import { checkWording } from "@/lib/notifications/check-wording";
import type { AnyTemplate, MessageLocale } from "@/lib/notifications/message";
import { allowedIn, fill, type Part, type Values } from "@/lib/notifications/placeholders";
import { smsLength } from "@/lib/notifications/sms-length";
import { Outcome, type Saved } from "../../outcome";
import { saveWording } from "./actions";
import { flawWords } from "./flaw-words";

type Props = {
  place: { template: AnyTemplate; locale: MessageLocale; part: Part };
  /** What is said where the clinic has no words of its own. */
  ours: string;
  own: string | null;
  /** What the placeholders stand for in the preview. */
  values: Values;
};

/** Words with their placeholders, and beneath them what a patient would read, letter for letter. */
export function WordingForm({ place, ours, own, values }: Props) {
  const t = useTranslations("settings");
  const { template, locale, part } = place;
  const hidden = { part: t(`parts.${part}`), vh: (name: ReactNode) => <span className="vh">{name}</span> };
  const [words, setWords] = useState(own ?? ours);
  const [saved, submit, pending] = useActionState(
    async (previous: Saved, data: FormData) => {
      const done = await saveWording(previous, data);
      if (done.kind === "saved" && data.get("after") === "reset") setWords(ours);
      return done;
    },
    { kind: "nothing" } as Saved,
  );
  const flaws = checkWording(template, part, words, values);
  const id = `words-${part}`;
  const direction = locale === "ar" ? "rtl" : "ltr";
  return (
    <form action={submit} className="stack stack--tight wording">
      {Object.entries(place).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div className={flaws.length > 0 ? "field field--bad" : "field"}>
        <label htmlFor={id}>
          {t(`parts.${part}`)}{" "}
          {own === null ? (
            <span className="chip">{t("ours")}</span>
          ) : (
            <span className="chip chip--good">{t("yours")}</span>
          )}
        </label>
        <textarea
          className="input"
          id={id}
          name="words"
          dir={direction}
          lang={locale}
          rows={part === "sms" ? 5 : 2}
          value={words}
          onChange={(event) => setWords(event.target.value)}
          aria-invalid={flaws.length > 0 || undefined}
          aria-describedby={`${id}-help`}
        />
        <div id={`${id}-help`}>
          <p className="hint small">
            {t("mayUse", {
              names: allowedIn(template, part)
                .map((name) => `{${name}}`)
                .join(" "),
            })}
          </p>
          {flaws.map((flaw) => (
            <p key={JSON.stringify(flaw)} className="field__error">
              {flawWords(t, flaw)}
            </p>
          ))}
        </div>
      </div>
      {flaws.some(({ code }) => code !== "TOO_MANY_PARTS") ? null : (
        <Preview part={part} text={fill(words, values)} direction={direction} locale={locale} />
      )}
      <div className="row row--wrap">
        <button
          type="submit"
          name="after"
          value="save"
          className="btn btn--md"
          aria-disabled={pending || flaws.length > 0}
        >
          {t.rich("save", hidden)}
        </button>
        {own === null ? null : (
          <button
            type="submit"
            name="after"
            value="reset"
            className="btn btn--quiet btn--md"
            aria-disabled={pending}
          >
            {t.rich("reset", hidden)}
          </button>
        )}
        <Outcome saved={saved} />
      </div>
    </form>
  );
}

function Preview({
  part,
  text,
  direction,
  locale,
}: {
  part: Part;
  text: string;
  direction: "ltr" | "rtl";
  locale: string;
}) {
  const t = useTranslations("settings");
  const { alphabet, units, parts } = smsLength(text);
  return (
    <figure className="preview">
      <figcaption className="small soft">
        {part === "sms" ? t("letters", { units, parts, alphabet }) : t("asRead")}
      </figcaption>
      <p className={part === "sms" ? "preview__bubble" : "preview__line"} dir={direction} lang={locale}>
        {text}
      </p>
    </figure>
  );
}
