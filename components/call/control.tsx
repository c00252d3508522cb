import { Icon, type IconName } from "../ui/icon";

/** The word under it says what a press will do. */
export function Control(props: {
  icon: IconName;
  word: string;
  look?: "off" | "leave";
  shortcut?: string;
  press: () => void;
}) {
  return (
    <button
      type="button"
      className={props.look ? `ctl ctl--${props.look}` : "ctl"}
      aria-keyshortcuts={props.shortcut}
      onClick={props.press}
    >
      <span>
        <Icon name={props.icon} />
      </span>
      <span>{props.word}</span>
    </button>
  );
}
