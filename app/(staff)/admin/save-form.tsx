"use client";

import { type FormEvent, type ReactNode, startTransition, useActionState, useRef } from "react";
import { useTellIfGone } from "../last-told";
import { Outcome, type Saved } from "./outcome";

type Props = {
  action: (previous: Saved, data: FormData) => Promise<Saved>;
  /** What else the action is told. */
  fields: Record<string, string>;
  /** Its name, for who can't see what stands around it. */
  name?: string;
  label: ReactNode;
  busy: string;
  look?: string;
  /** Empty again once it is saved: for a form that adds one more. */
  clears?: boolean;
  className?: string;
  children?: ReactNode;
};

/** A form that says beneath its button what came of it. What was typed stays, also when it was refused. */
export function SaveForm({
  action,
  fields,
  name,
  label,
  busy,
  look = "",
  clears = false,
  className = "stack stack--tight",
  children,
}: Props) {
  const form = useRef<HTMLFormElement>(null);
  const tellIfGone = useTellIfGone();
  const save = async (previous: Saved, data: FormData) => {
    const saved = await action(previous, data);
    if (clears && saved.kind === "saved") form.current?.reset();
    if (saved.kind === "saved") tellIfGone(saved.message);
    return saved;
  };
  const [saved, submit, pending] = useActionState(save, { kind: "nothing" });
  // Not by `action`: React would empty the form after it, whatever came of it.
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    if (!pending) startTransition(() => submit(data));
  };
  return (
    <form ref={form} className={className} onSubmit={send} aria-label={name}>
      {Object.entries(fields).map(([field, value]) => (
        <input key={field} type="hidden" name={field} value={value} />
      ))}
      {children}
      <div className="row row--wrap">
        <button type="submit" className={`btn ${look}${pending ? " is-busy" : ""}`} aria-disabled={pending}>
          {pending ? busy : label}
        </button>
        <Outcome saved={saved} />
      </div>
    </form>
  );
}
