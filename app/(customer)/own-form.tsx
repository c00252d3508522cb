"use client";

import { type FormEvent, type ReactNode, startTransition, useActionState, useEffect, useRef } from "react";
import { Icon } from "../icons";

/** What an action of the patient's page says back. `go`: a link of theirs, to be followed as a new document: the door has headers of its own. */
export type Told =
  | { kind: "nothing" }
  | { kind: "done"; message: string }
  | { kind: "refused"; message: string }
  | { kind: "go"; url: string; words: string };

type Props = {
  action: (previous: Told, data: FormData) => Promise<Told>;
  /** What else the action is told. */
  fields?: Record<string, string>;
  label: ReactNode;
  busy: string;
  look?: string;
  className?: string;
  /** Below the button. */
  hint?: ReactNode;
  children?: ReactNode;
};

/** A form that says what came of it. What was typed stays when it was refused. */
export function OwnForm({
  action,
  fields = {},
  label,
  busy,
  look = "",
  className = "stack",
  hint,
  children,
}: Props) {
  const [told, submit, pending] = useActionState(action, { kind: "nothing" });
  const gone = useRef<string | null>(null);
  const url = told.kind === "go" ? told.url : null;
  useEffect(() => {
    if (url === null || gone.current === url) return;
    gone.current = url;
    location.assign(url);
  }, [url]);
  // `action` alone would empty the form after it, whatever came of it; without a script it is what sends.
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    gone.current = null;
    if (!pending) startTransition(() => submit(data));
  };
  const working = pending || url !== null;
  return (
    <form action={submit} onSubmit={send} className={className}>
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
      <button type="submit" className={`btn ${look}${working ? " is-busy" : ""}`} aria-disabled={working}>
        {working ? busy : label}
      </button>
      {hint ? <p className="small soft">{hint}</p> : null}
      <Outcome told={pending ? { kind: "nothing" } : told} />
    </form>
  );
}

function Outcome({ told }: { told: Told }) {
  return (
    <div className="told" role="status">
      {told.kind === "refused" ? (
        <p className="banner banner--danger">
          <Icon name="warn" />
          <span>{told.message}</span>
        </p>
      ) : null}
      {told.kind === "done" ? (
        <p className="banner banner--good">
          <Icon name="good" />
          <span>{told.message}</span>
        </p>
      ) : null}
      {told.kind === "go" ? (
        <p>
          <a href={told.url}>{told.words}</a>
        </p>
      ) : null}
    </div>
  );
}
