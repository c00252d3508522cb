"use client";

import { useTranslations } from "next-intl";
import { type ChangeEvent, useActionState, useState } from "react";
import { Field, type Tied } from "@/components/ui/field";
import { Icon } from "../../../../icons";
import { Outcome, type Saved } from "../../outcome";
import { saveClinic } from "./actions";

type Texts = { name: string; phone: string; quietFrom: string; quietTo: string };
type Props = Texts & {
  keepChat: boolean;
  recordingDays: number | null;
  /** There is a place for recordings. */
  mayRecord: boolean;
};

/** In days. */
const offered = [7, 30, 90, 180, 365];

/** Each field keeps what was typed, also when it was refused: React empties a form's own fields after its action. */
export function ClinicForm({ mayRecord, ...stored }: Props) {
  const t = useTranslations("settings");
  const [values, setValues] = useState(stored);
  const [saved, submit, pending] = useActionState(saveClinic, { kind: "nothing" } as Saved);
  const error = (path: string) =>
    saved.kind === "refused" ? saved.errors.find((one) => one.path === path)?.message : undefined;
  const input = (id: keyof Texts, tied: Tied) => ({
    ...tied,
    className: "input",
    name: id,
    required: true,
    value: values[id],
    onChange: (event: ChangeEvent<HTMLInputElement>) => setValues({ ...values, [id]: event.target.value }),
  });
  return (
    <form action={submit} className="card stack" aria-labelledby="clinic-head">
      <h2 id="clinic-head">{t("clinic")}</h2>
      <div className="two">
        <Field id="name" label={t("name")} error={error("name")}>
          {(tied) => <input {...input("name", tied)} maxLength={60} autoComplete="organization" />}
        </Field>
        <Field id="phone" label={t("phone")} error={error("phone")}>
          {(tied) => <input {...input("phone", tied)} type="tel" maxLength={40} autoComplete="tel" />}
        </Field>
      </div>
      <div className="two">
        <Field id="quietFrom" label={t("quietFrom")} hint={t("quietFromHint")} error={error("quiet")}>
          {(tied) => <input {...input("quietFrom", tied)} type="time" />}
        </Field>
        <Field id="quietTo" label={t("quietTo")} hint={t("quietToHint")}>
          {(tied) => <input {...input("quietTo", tied)} type="time" />}
        </Field>
      </div>
      <label className="row row--top">
        <input
          type="checkbox"
          name="keepChat"
          checked={values.keepChat}
          onChange={(event) => setValues({ ...values, keepChat: event.target.checked })}
          aria-describedby="keepChat-help"
        />
        <span>
          {t("keepChat")}
          <br />
          <span className="hint small" id="keepChat-help">
            {t("keepChatHint")}
          </span>
        </span>
      </label>
      {mayRecord ? (
        <Field
          id="recordingDays"
          label={t("recording")}
          hint={t("recordingHint")}
          error={error("recordingDays")}
        >
          {(tied) => (
            <span className="pick">
              <select
                {...tied}
                className="input"
                name="recordingDays"
                value={values.recordingDays ?? ""}
                onChange={({ target }) =>
                  setValues({ ...values, recordingDays: target.value === "" ? null : Number(target.value) })
                }
              >
                <option value="">{t("recordingOff")}</option>
                {[...new Set([...offered, values.recordingDays ?? 30])]
                  .sort((one, other) => one - other)
                  .map((days) => (
                    <option key={days} value={days}>
                      {t("recordingDays", { days })}
                    </option>
                  ))}
              </select>
              <Icon name="down" />
            </span>
          )}
        </Field>
      ) : null}
      <div className="row row--wrap">
        <button type="submit" className="btn btn--md" aria-disabled={pending}>
          {pending ? t("saving") : t("saveClinic")}
        </button>
        <Outcome saved={saved} />
      </div>
    </form>
  );
}
