"use client";

import Form from "next/form";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useState, useTransition } from "react";
import { Field } from "@/components/ui/field";
import { Icon } from "../../icons";

type Props = {
  action: string;
  label: string;
  /** What the address asks for, as typed; "" asks nothing. */
  typed: Readonly<Record<string, string>>;
  /** Something typed means nothing, and is told at its field. */
  wrong?: boolean;
  children: ReactNode;
};

/**
 * What a list is filtered by. It stands in the address: the back button, a reload and a bookmark keep it. On a phone it is folded away behind a
 * button that says how much is asked, so that the list comes first.
 */
export function FilterCard({ typed, ...props }: Props) {
  // A new address is a new form: its fields then show what that address asks.
  return <Card key={JSON.stringify(typed)} typed={typed} {...props} />;
}

function Card({ action, label, typed, wrong = false, children }: Props) {
  const t = useTranslations("frame");
  const [open, setOpen] = useState(wrong);
  const router = useRouter();
  const [applying, apply] = useTransition();
  // Without a script the browser asks for the same address by itself.
  function ask(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const asked = new URLSearchParams();
    for (const [name, value] of new FormData(event.currentTarget)) asked.append(name, String(value));
    apply(() => router.push(`${action}?${asked}`));
  }
  const count = Object.values(typed).filter((value) => value !== "").length;
  return (
    <div className={open ? "folded is-open" : "folded"}>
      <button
        type="button"
        className="btn btn--quiet btn--md folded__open"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Icon name="find" />
        {t("filters", { count })}
      </button>
      <Form action={action} className="filters card" aria-label={label} onSubmit={ask}>
        {children}
        <div className="row filters__do">
          <button
            type="submit"
            className={`btn btn--md${applying ? " is-busy" : ""}`}
            aria-disabled={applying}
          >
            {t(applying ? "applying" : "apply")}
          </button>
          <Link className="btn btn--quiet" href={action}>
            {t("clear")}
          </Link>
          <span className="vh" role="status">
            {applying ? t("loading") : ""}
          </span>
        </div>
      </Form>
    </div>
  );
}

/** One of a list to filter by. `children`: its options. */
export function FilterPick(pick: { id: string; label: string; value: string; children: ReactNode }) {
  return (
    <Field id={pick.id} label={pick.label}>
      {(tied) => (
        <span className="pick">
          <select {...tied} className="input" name={pick.id} defaultValue={pick.value}>
            {pick.children}
          </select>
          <Icon name="down" />
        </span>
      )}
    </Field>
  );
}
