import { Meter } from "../ui/meter";

/** One of the two: who, how it stands with them, and how loud they are. `stream` null: nothing of them is heard now. */
export function PersonCard(props: {
  who: string;
  standing: string;
  good: boolean;
  level: string;
  stream: MediaStream | null;
}) {
  return (
    <div className="card stack stack--tight">
      <div className="row row--wrap">
        <h2 className="grow">{props.who}</h2>
        <span className={props.good ? "chip chip--large chip--good" : "chip chip--large"}>
          {props.standing}
        </span>
      </div>
      <Meter stream={props.stream} label={props.level} segments={24} />
    </div>
  );
}
