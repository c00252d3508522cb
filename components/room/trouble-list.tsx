import type { RoomWords } from "./room-facts";

/** Seed 2's troubles, as the person meets them, each with its cure. */
export function TroubleList({ words }: { words: RoomWords["trouble"] }) {
  return (
    <section className="card stack stack--tight" aria-labelledby="trouble">
      <h2 id="trouble">{words.title}</h2>
      {Object.entries(words.list).map(([key, { head, say }]) => (
        <details key={key} className="trouble">
          <summary>{head}</summary>
          <p className="soft">{say}</p>
        </details>
      ))}
    </section>
  );
}
