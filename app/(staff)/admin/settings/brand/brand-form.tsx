"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, startTransition, useActionState, useEffect, useState } from "react";
import { Field } from "@/components/ui/field";
import { isReadable, readable, readHex } from "@/lib/kernel/palette";
import { useTellIfGone } from "../../../last-told";
import { Outcome, type Saved } from "../../outcome";
import { saveBrand } from "./actions";
import { Samples } from "./samples";

/** What the browser's own picker starts from where no colour is chosen: it knows no empty one. */
const ours = "#0b5f4b";

type Props = {
  name: string;
  /** "": ours. */
  accent: string;
  /** The address of the one that stands. */
  logo: string | null;
};

/** A colour and a logo, seen by day and by night before they are saved. */
export function BrandForm({ name, accent: stored, logo: standing }: Props) {
  const t = useTranslations("rules.brand");
  const [accent, setAccent] = useState(stored);
  const [file, setFile] = useState<File | null>(null);
  const [none, setNone] = useState(false);
  const tellIfGone = useTellIfGone();
  // What is saved is a new form, without the file that was chosen.
  const save = async (previous: Saved, data: FormData) => {
    const done = await saveBrand(previous, data);
    if (done.kind === "saved") tellIfGone(done.message);
    return done;
  };
  const [saved, submit, pending] = useActionState(save, { kind: "nothing" } as Saved);
  const chosen = useAddressOf(file);
  const colour = readHex(accent);
  const instead = colour && !isReadable(colour) ? readable(colour) : null;
  const wrong = (path: string) =>
    saved.kind === "refused" ? saved.errors.find((one) => one.path === path)?.message : undefined;
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    if (!pending) startTransition(() => submit(data));
  };
  return (
    <form className="card stack" onSubmit={send} aria-label={t("title")}>
      <Field
        id="accent"
        label={t("accent")}
        hint={t("accentHint")}
        error={instead ? t("tooLight", { instead }) : wrong("accent")}
      >
        {(tied) => (
          <span className="row row--wrap">
            <input
              {...tied}
              className="input num brandhex"
              name="accent"
              maxLength={40}
              autoComplete="off"
              spellCheck={false}
              dir="ltr"
              value={accent}
              onChange={(event) => setAccent(event.target.value)}
            />
            <input
              type="color"
              className="brandpick"
              aria-label={t("pick")}
              value={colour ?? ours}
              onChange={(event) => setAccent(event.target.value)}
            />
            {instead ? (
              <button type="button" className="btn btn--quiet" onClick={() => setAccent(instead)}>
                {t("instead", { instead })}
              </button>
            ) : null}
          </span>
        )}
      </Field>
      <Field id="logo" label={t("logo")} hint={t("logoHint")} error={wrong("logo")}>
        {(tied) => (
          <input
            {...tied}
            type="file"
            name="logo"
            accept="image/png"
            disabled={none}
            onChange={(event) => setFile(event.target.files?.[0] ?? null)}
          />
        )}
      </Field>
      {standing ? (
        <label className="check">
          <input
            type="checkbox"
            name="none"
            checked={none}
            onChange={(event) => setNone(event.target.checked)}
          />
          {t("none")}
        </label>
      ) : null}
      <Samples name={name} accent={instead ?? colour ?? ours} logo={none ? null : (chosen ?? standing)} />
      <div className="row row--wrap">
        <button type="submit" className={`btn btn--md${pending ? " is-busy" : ""}`} aria-disabled={pending}>
          {pending ? t("saving") : t("save")}
        </button>
        <Outcome saved={saved} />
      </div>
    </form>
  );
}

/** An address for a file that was chosen and not yet sent. */
function useAddressOf(file: File | null): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (!file) return setAddress(null);
    const made = URL.createObjectURL(file);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return address;
}
