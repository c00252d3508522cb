import type { ReactNode } from "react";
import { Icon, type IconName } from "./call-icon";

/** Below the face, never on it: what is wrong, and the one thing that helps. */
export function Note(props: { icon: IconName; title?: string; say: string; children?: ReactNode }) {
  return (
    <div className="note">
      <Icon name={props.icon} large />
      <p className="grow">
        {props.title ? <b>{props.title} </b> : null}
        {props.say}
      </p>
      {props.children ? <span className="note__choices">{props.children}</span> : null}
    </div>
  );
}
