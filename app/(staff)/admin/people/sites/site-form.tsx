"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, startTransition, useActionState, useEffect, useId, useRef } from "react";
import { Field } from "@/components/ui/field";
import { Outcome, type Saved } from "../../outcome";
import { saveSite } from "./actions";

/** No word: how an address is written. */
const originExample = "https://www.example.com";

type Props = { site?: { siteId: string; name: string; origins: readonly string[] } };

/** A site's name and its origins, one a line: for a new one, or one that is there. What was typed stays when it is refused. */
export function SiteForm({ site }: Props) {
  const t = useTranslations("sites");
  const id = useId();
  const [saved, submit, pending] = useActionState(saveSite, { kind: "nothing" } as Saved);
  const form = useRef<HTMLFormElement>(null);
  const isNew = site === undefined;
  useEffect(() => {
    // Pressed again, it would register the same site twice.
    if (isNew && saved.kind === "saved") form.current?.reset();
  }, [isNew, saved]);
  const wrong = (path: string) =>
    saved.kind === "refused" ? saved.errors.find((one) => one.path === path)?.message : undefined;
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    if (!pending) startTransition(() => submit(data));
  };
  return (
    <form ref={form} onSubmit={send} className="stack stack--tight">
      {site ? <input type="hidden" name="siteId" value={site.siteId} /> : null}
      <Field id={`${id}name`} label={t("name")} hint={t("nameHint")} error={wrong("name")} required>
        {(tied) => (
          <input
            {...tied}
            className="input"
            name="name"
            maxLength={60}
            autoComplete="off"
            defaultValue={site?.name}
          />
        )}
      </Field>
      <Field
        id={`${id}origins`}
        label={t("origins")}
        hint={t("originsHint")}
        error={wrong("origins")}
        required
      >
        {(tied) => (
          <textarea
            {...tied}
            className="input"
            name="origins"
            rows={3}
            dir="ltr"
            spellCheck={false}
            autoCapitalize="none"
            placeholder={originExample}
            defaultValue={site?.origins.join("\n")}
          />
        )}
      </Field>
      <button
        type="submit"
        className={`btn ${site ? "btn--tiny" : "btn--md btn--wide"}${pending ? " is-busy" : ""}`}
        aria-disabled={pending}
      >
        {pending ? t("working") : t(site ? "save" : "register")}
      </button>
      <Outcome saved={saved.kind === "refused" && saved.errors[0]?.path ? { kind: "nothing" } : saved} />
    </form>
  );
}
