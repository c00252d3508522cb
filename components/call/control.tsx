import { Icon, type IconName } from "./call-icon";

/** The word under it says what a press will do. `wide`: only where there is room; elsewhere it is under "More". */
export function Control(props: {
  icon: IconName;
  word: string;
  look?: "off" | "on" | "leave";
  place?: "wide" | "narrow";
  shortcut?: string;
  /** What is new there, with words for those who don't see the number. */
  badge?: { count: number; words: string };
  /** Opens and closes something. */
  open?: boolean;
  press: () => void;
}) {
  const { badge } = props;
  const classes = ["ctl", props.look && `ctl--${props.look}`, props.place && `ctl--${props.place}`];
  return (
    <button
      type="button"
      className={classes.filter(Boolean).join(" ")}
      aria-keyshortcuts={props.shortcut}
      aria-expanded={props.open}
      onClick={props.press}
    >
      <span>
        <Icon name={props.icon} />
        {badge && badge.count > 0 ? (
          <span className="badge num" aria-hidden="true">
            {badge.count}
          </span>
        ) : null}
      </span>
      <span>
        {props.word}
        {badge && badge.count > 0 ? <span className="vh">{badge.words}</span> : null}
      </span>
    </button>
  );
}
