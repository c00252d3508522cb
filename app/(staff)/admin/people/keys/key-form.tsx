"use client";

import { useTranslations } from "next-intl";
import { useActionState, useState } from "react";
import { Field } from "@/components/ui/field";
import { Icon } from "../../../../icons";
import { Needed } from "../../needed";
import { type KeyTold, makeKey } from "./actions";
import { KeyOutcome } from "./told";

type Props = {
  scopes: readonly ("visits" | "rooms" | "customers" | "handovers" | "audit" | "admin")[];
  lifetimes: readonly number[];
};

/** Makes a key. The name stays, to say whose secret is shown. */
export function KeyForm({ scopes, lifetimes }: Props) {
  const t = useTranslations("keys");
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<readonly string[]>(["visits"]);
  const [days, setDays] = useState("90");
  const [told, submit, pending] = useActionState(makeKey, { kind: "nothing" } as KeyTold);
  return (
    <form action={submit} className="card stack" aria-labelledby="make-head">
      <h2 id="make-head">{t("make")}</h2>
      <Needed />
      <Field id="name" label={t("name")} hint={t("nameHint")} required>
        {(tied) => (
          <input
            {...tied}
            className="input"
            name="name"
            maxLength={60}
            autoComplete="off"
            required
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <fieldset className="stack stack--tight">
        <legend className="label">{t("scopes")}</legend>
        {scopes.map((scope) => (
          <label key={scope} className="row">
            <input
              type="checkbox"
              name="scopes"
              value={scope}
              checked={chosen.includes(scope)}
              onChange={({ target }) =>
                setChosen(target.checked ? [...chosen, scope] : chosen.filter((one) => one !== scope))
              }
            />
            <span>
              {t(`scope.${scope}`)} <span className="hint small">{scope}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <Field id="lifetimeDays" label={t("lifetime")}>
        {(tied) => (
          <span className="pick">
            <select
              {...tied}
              className="input"
              name="lifetimeDays"
              value={days}
              onChange={(event) => setDays(event.target.value)}
            >
              {lifetimes.map((one) => (
                <option key={one} value={one}>
                  {t("lifetimes", { days: one })}
                </option>
              ))}
            </select>
            <Icon name="down" />
          </span>
        )}
      </Field>
      <button
        type="submit"
        className={`btn btn--md btn--wide${pending ? " is-busy" : ""}`}
        aria-disabled={pending}
      >
        {pending ? t("working") : t("makeDo")}
      </button>
      <KeyOutcome told={told} name={name} />
    </form>
  );
}
