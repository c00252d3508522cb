"use client";

import { useTranslations } from "next-intl";
import { useRef } from "react";
import { Field } from "@/components/ui/field";
import { guestRoles } from "@/lib/kernel/party";
import { languageNames } from "@/messages/locales";
import { Icon } from "../../../../icons";
import type { BookState } from "./actions";
import type { GuestRow } from "./values";

type Props = {
  rows: GuestRow[];
  change: (rows: GuestRow[]) => void;
  /** By row and field, like `0.phone`. */
  errors: NonNullable<BookState["guests"]>;
  zones: readonly string[];
};
const guestsMost = 4;

/** Who else is asked to come: each gets a link of their own, with the others' or when those are sent. */
export function GuestRows({ rows, change, errors, zones }: Props) {
  const t = useTranslations("book.guests");
  const add = useRef<HTMLButtonElement>(null);
  const made = useRef(0);
  const more = () => {
    made.current++;
    const key = `guest-${made.current}`;
    change([
      ...rows,
      { key, role: "interpreter", name: "", phone: "", email: "", locale: "en", timeZone: "" },
    ]);
    // The new row's first field, once it is there.
    requestAnimationFrame(() => document.getElementById(`${key}-role`)?.focus());
  };
  const put = (key: string, field: keyof GuestRow) => (value: string) =>
    change(rows.map((row) => (row.key === key ? { ...row, [field]: value } : row)));
  return (
    <fieldset className="stack guests">
      <legend>{t("title")}</legend>
      {rows.map((row, index) => (
        <Row
          key={row.key}
          row={row}
          number={index + 1}
          put={(field) => put(row.key, field)}
          error={(field) => errors[`${index}.${field}`]}
          zones={zones}
          remove={() => {
            change(rows.filter(({ key }) => key !== row.key));
            add.current?.focus();
          }}
        />
      ))}
      {rows.length < guestsMost ? (
        <div>
          <button ref={add} type="button" className="btn btn--quiet" onClick={more}>
            <Icon name="plus" />
            {t("add")}
          </button>
        </div>
      ) : (
        <p className="hint">{t("full")}</p>
      )}
    </fieldset>
  );
}

type RowProps = {
  row: GuestRow;
  number: number;
  put: (field: keyof GuestRow) => (value: string) => void;
  error: (field: keyof GuestRow) => string | undefined;
  zones: readonly string[];
  remove: () => void;
};

function Row({ row, number, put, error, zones, remove }: RowProps) {
  const t = useTranslations("book.guests");
  const roles = useTranslations("book.guests.roles");
  const text = (field: "name" | "phone" | "email", type: string, max: number, hint?: string) => (
    <Field
      id={`${row.key}-${field}`}
      label={t(field)}
      hint={hint}
      error={error(field)}
      required={field === "name"}
    >
      {(tied) => (
        <input
          {...tied}
          className="input"
          type={type}
          value={row[field]}
          maxLength={max}
          autoComplete="off"
          onChange={(event) => put(field)(event.target.value)}
        />
      )}
    </Field>
  );
  const pick = (field: "role" | "locale" | "timeZone", options: [string, string][]) => (
    <Field id={`${row.key}-${field}`} label={t(field)} error={error(field)}>
      {(tied) => (
        <span className="pick">
          <select
            {...tied}
            className="input"
            value={row[field]}
            onChange={(event) => put(field)(event.target.value)}
          >
            {options.map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
          <Icon name="down" />
        </span>
      )}
    </Field>
  );
  return (
    <fieldset className="stack guestrow">
      <legend>{t("number", { number })}</legend>
      <div className="two">
        {pick(
          "role",
          guestRoles.map((role) => [role, roles(role)]),
        )}
        {text("name", "text", 40, t("nameHint"))}
        {text("phone", "tel", 30)}
        {text("email", "email", 254)}
        {pick("locale", Object.entries(languageNames))}
        {pick("timeZone", [
          ["", t("patientsZone")],
          ...zones.map((zone): [string, string] => [zone, zone.replaceAll("_", " ")]),
        ])}
      </div>
      <div>
        <button type="button" className="btn btn--quiet btn--tiny" onClick={remove}>
          {t("remove")}
          <span className="vh"> {t("number", { number })}</span>
        </button>
      </div>
    </fieldset>
  );
}
