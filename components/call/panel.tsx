import { type ReactNode, useId } from "react";
import { Icon } from "./call-icon";

/** Beside the stage at a desk, a sheet under it on a phone: the face stays in view. Escape closes it. */
export function Panel(props: { title: string; close: () => void; closeWord: string; children: ReactNode }) {
  const title = useId();
  return (
    <section
      className="panel"
      aria-labelledby={title}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.defaultPrevented) props.close();
      }}
    >
      <div className="panel__head">
        <h2 id={title}>{props.title}</h2>
        <button type="button" className="btn btn--quiet btn--snug" onClick={props.close}>
          <Icon name="close" />
          {props.closeWord}
        </button>
      </div>
      {props.children}
    </section>
  );
}
