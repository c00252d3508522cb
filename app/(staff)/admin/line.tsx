export type Told = {
  id: string;
  at: Date;
  /** Of its dot; "" for what is neither good nor bad. */
  tone: "good" | "bad" | "wait" | "";
  head: string;
  /** "": nothing more to say. */
  more: string;
};

/** What happened, in the order given; seconds shown. */
export function Line({ told, zone, tag }: { told: Told[]; zone: string; tag: string }) {
  const time = new Intl.DateTimeFormat(tag, {
    timeZone: zone,
    hour: "numeric",
    minute: "2-digit",
    second: "2-digit",
  });
  const day = new Intl.DateTimeFormat(tag, { timeZone: zone, month: "short", day: "numeric" });
  return (
    <ol className="line">
      {told.map(({ id, at, tone, head, more }) => (
        <li key={id}>
          <time dateTime={at.toISOString()}>
            {time.format(at)}
            <br />
            {day.format(at)}
          </time>
          <span className="dot" aria-hidden="true">
            <i className={tone} />
          </span>
          <div>
            <b>{head}</b>
            {more ? <p className="small soft">{more}</p> : null}
          </div>
        </li>
      ))}
    </ol>
  );
}
