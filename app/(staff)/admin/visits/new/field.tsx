import type { ReactNode } from "react";
import { Icon } from "../../../../icons";

type Props = { id: string; label: string; error?: string; hint?: ReactNode; children: ReactNode };

/** A labelled control, with its hint and its error tied to it by `${id}-help` (the control's `aria-describedby`). */
export function Field({ id, label, error, hint, children }: Props) {
  return (
    <div className={error ? "field field--bad" : "field"}>
      <label htmlFor={id}>{label}</label>
      {children}
      <div id={`${id}-help`}>
        {hint ? <p className="hint">{hint}</p> : null}
        {error ? (
          <p className="field__error">
            <Icon name="warn" />
            <span>{error}</span>
          </p>
        ) : null}
      </div>
    </div>
  );
}

type PickProps = {
  id: string;
  value: string;
  bad?: boolean;
  onPick(value: string): void;
  children: ReactNode;
};

export function Pick({ id, value, bad, onPick, children }: PickProps) {
  return (
    <span className="pick">
      <select
        className="input"
        id={id}
        name={id}
        value={value}
        aria-invalid={bad || undefined}
        aria-describedby={`${id}-help`}
        onChange={(event) => onPick(event.target.value)}
      >
        {children}
      </select>
      <Icon name="down" />
    </span>
  );
}
