import { useId } from "react";
import type { Choice } from "@/lib/call/local-media-state";
import { Icon } from "./icon";

/** A native list: every phone knows how to show it. Nothing when there is no choice to make. */
export function DevicePick(props: {
  label: string;
  choices: readonly Choice[];
  value: string;
  choose: (id: string) => void;
  labelled?: boolean;
}) {
  const id = useId();
  if (props.choices.length < 2) return null;
  return (
    <div className="field">
      <label className={props.labelled ? "" : "vh"} htmlFor={id}>
        {props.label}
      </label>
      <span className="pick">
        <select
          className="input"
          id={id}
          value={props.value}
          onChange={(event) => props.choose(event.target.value)}
        >
          {props.choices.map((choice, index) => (
            <option key={choice.id} value={choice.id}>
              {choice.name || `${props.label} ${index + 1}`}
            </option>
          ))}
        </select>
        <Icon name="down" />
      </span>
    </div>
  );
}
