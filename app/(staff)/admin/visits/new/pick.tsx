import type { ReactNode } from "react";
import type { Tied } from "@/components/ui/field";
import { Icon } from "../../../../icons";

type Props = { tied: Tied; value: string; onPick(value: string): void; children: ReactNode };

/** One of a list, in a field of the same name as its id. */
export function Pick({ tied, value, onPick, children }: Props) {
  return (
    <span className="pick">
      <select
        {...tied}
        className="input"
        name={tied.id}
        value={value}
        onChange={(event) => onPick(event.target.value)}
      >
        {children}
      </select>
      <Icon name="down" />
    </span>
  );
}
