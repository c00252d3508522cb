import type { ReactNode } from "react";
import { Icon } from "./icon";

/** What ties a control to its label, its hint and its error: to be spread on it. */
export type Tied = { id: string; "aria-describedby"?: string; "aria-invalid"?: true; "aria-required"?: true };
type Props = {
  id: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  /** The error is told as it comes; without it, only to who comes to the field. */
  alert?: boolean;
  /** Must be filled in: marked beside the label, and told of the control. */
  required?: boolean;
  /** Marked as wrong though what is wrong is said elsewhere. */
  wrong?: boolean;
  children: (tied: Tied) => ReactNode;
};

/** A labelled control with its hint and its error, which a screen reader reads with it. */
export function Field({
  id,
  label,
  hint,
  error,
  alert = false,
  required = false,
  wrong = Boolean(error),
  children,
}: Props) {
  const help = `${id}-help`;
  const helped = Boolean(hint || error);
  return (
    <div className={wrong ? "field field--bad" : "field"}>
      <label htmlFor={id} className={required ? "is-required" : undefined}>
        {label}
      </label>
      {children({
        id,
        "aria-describedby": helped ? help : undefined,
        "aria-invalid": wrong || undefined,
        "aria-required": required || undefined,
      })}
      {helped ? (
        <div id={help}>
          {hint ? <p className="hint">{hint}</p> : null}
          {error ? (
            <p className="field__error" role={alert ? "alert" : undefined}>
              <Icon name="warn" />
              <span>{error}</span>
            </p>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}
