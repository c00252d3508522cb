"use client";

import { useTranslations } from "next-intl";
import { type ChangeEvent, useActionState, useState } from "react";
import { Field, type Tied } from "@/components/ui/field";
import { staffRoles } from "@/lib/kernel/actor";
import { Icon } from "../../../icons";
import { Needed } from "../needed";
import type { Told } from "../visits/[visitId]/change";
import { invite } from "./actions";

const empty = { email: "", title: "", firstName: "", lastName: "", role: "scheduler" };
type Props = { zones: readonly string[]; zone: string };

/** Asks somebody to come. Each field keeps what was typed when it was refused, and is empty again once it was sent. */
export function InviteForm({ zones, zone }: Props) {
  const t = useTranslations("people");
  const roles = useTranslations("frame.roles");
  const [values, setValues] = useState({ ...empty, timeZone: zone });
  const [told, submit, pending] = useActionState(
    async (previous: Told, data: FormData) => {
      const done = await invite(previous, data);
      if (done.kind === "done") setValues({ ...empty, timeZone: zone });
      return done;
    },
    { kind: "nothing" } as Told,
  );
  const set =
    (id: keyof typeof values) => (event: ChangeEvent<HTMLInputElement> | ChangeEvent<HTMLSelectElement>) =>
      setValues({ ...values, [id]: event.target.value });
  const control = (id: keyof typeof values, tied: Tied) => ({
    ...tied,
    className: "input",
    name: id,
    value: values[id],
    onChange: set(id),
  });
  return (
    <form action={submit} className="card stack" aria-labelledby="invite-head">
      <div className="stack stack--tight">
        <h2 id="invite-head">{t("invite")}</h2>
        <p className="soft">{t("inviteSay")}</p>
      </div>
      <Needed />
      <Field id="email" label={t("email")} required>
        {(tied) => (
          <input
            {...control("email", tied)}
            type="email"
            maxLength={128}
            autoComplete="off"
            dir="ltr"
            required
          />
        )}
      </Field>
      <div className="two">
        <Field id="firstName" label={t("firstName")} required>
          {(tied) => <input {...control("firstName", tied)} maxLength={100} autoComplete="off" required />}
        </Field>
        <Field id="lastName" label={t("lastName")} required>
          {(tied) => <input {...control("lastName", tied)} maxLength={100} autoComplete="off" required />}
        </Field>
      </div>
      <Field id="role" label={t("role")} hint={t("roleHint")}>
        {(tied) => (
          <span className="pick">
            <select {...control("role", tied)}>
              {staffRoles.map((role) => (
                <option key={role} value={role}>
                  {roles(role)} – {t(`roleSay.${role}`)}
                </option>
              ))}
            </select>
            <Icon name="down" />
          </span>
        )}
      </Field>
      <Field id="title" label={t("titleField")} hint={t("titleHint")}>
        {(tied) => <input {...control("title", tied)} maxLength={20} autoComplete="off" />}
      </Field>
      <Field id="timeZone" label={t("zone")}>
        {(tied) => (
          <span className="pick">
            <select {...control("timeZone", tied)}>
              {zones.map((name) => (
                <option key={name} value={name}>
                  {name.replaceAll("_", " ")}
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
        {pending ? t("working") : t("inviteDo")}
      </button>
      <div role="status" className="small">
        {told.kind === "refused" ? (
          <p className="field__error">
            <Icon name="warn" />
            <span>{told.message}</span>
          </p>
        ) : null}
        {told.kind === "done" ? <p>{told.message}</p> : null}
      </div>
    </form>
  );
}
