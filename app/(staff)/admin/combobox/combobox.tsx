import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Tied } from "@/components/ui/field";
import { Icon } from "../../../icons";
import { type ComboboxInput, type Option, useCombobox } from "./use-combobox";

type Props<O extends Option> = Omit<ComboboxInput<O>, "elsewhere"> & {
  tied: Tied;
  /** Under which the form sends the chosen one's value. */
  name: string;
  /** What the list is called. */
  list: string;
  /** What the field asks for while it is empty. */
  placeholder?: string;
  /** Heads the list before anything is typed. */
  beginning?: string;
  /** The way out at the end of the list. */
  elsewhere?: { label: (typed: string) => string; take: (typed: string) => void } | null;
};

/** One field to find somebody and to choose them. Its value goes with the form under `name`. */
export function Combobox<O extends Option>({
  tied,
  name,
  list,
  placeholder,
  beginning,
  elsewhere = null,
  ...given
}: Props<O>) {
  const t = useTranslations("combobox");
  const box = useCombobox({ ...given, elsewhere: elsewhere?.take ?? null });
  const { options, more } = box.offered;
  const { phase, typed } = box;
  const said =
    phase === "idle"
      ? options.length === 0
        ? t("nobody")
        : more
          ? t("more")
          : t("count", { count: options.length })
      : t(phase);
  const settled = phase === "idle" && options.length > 0 && !more;
  const heading = box.beginning && phase === "idle" ? beginning : settled ? null : said;
  return (
    <div className="combo">
      <span className="pick">
        <input {...tied} {...box.field} className="input" placeholder={placeholder} />
        <Icon name="down" />
      </span>
      <input type="hidden" name={name} value={given.chosen?.value ?? ""} />
      <span className="vh" role="status">
        {box.open ? said : ""}
      </span>
      <div className="combo__popup" hidden={!box.open}>
        {heading ? (
          <p className="combo__said" aria-hidden="true">
            {heading}
          </p>
        ) : null}
        <div
          id={box.listId}
          role="listbox"
          tabIndex={-1}
          aria-label={list}
          aria-busy={phase === "looking" || undefined}
          className="combo__list"
        >
          {options.map((option, at) => (
            <Row
              key={option.value}
              id={box.idOf(at)}
              active={box.active === at}
              selected={option.value === given.chosen?.value}
              take={() => box.take(option)}
            >
              <span>{option.label}</span>
              {option.detail ? <span className="small soft">{option.detail}</span> : null}
            </Row>
          ))}
          {elsewhere || phase === "failed" ? (
            <Row
              id={box.idOf(options.length)}
              active={box.active === options.length}
              selected={false}
              take={box.leave}
              className="combo__elsewhere"
            >
              <Icon name={phase === "failed" ? "repeat" : "plus"} />
              <span>
                {phase === "failed" ? t("again") : elsewhere?.label(given.chosen ? "" : typed.trim())}
              </span>
            </Row>
          ) : null}
        </div>
      </div>
    </div>
  );
}

type RowProps = {
  id: string;
  active: boolean;
  selected: boolean;
  take: () => void;
  className?: string;
  children: ReactNode;
};

function Row({ id, active, selected, take, className = "", children }: RowProps) {
  return (
    // The keys are the field's, which keeps the focus: a press must not take it away.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      className={`combo__row ${active ? "is-active" : ""} ${className}`}
      onMouseDown={(event) => event.preventDefault()}
      onClick={take}
    >
      {children}
    </div>
  );
}
