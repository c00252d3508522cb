import { waitingWords } from "../messages/call-words";
import { Icon } from "../ui/icon";

/** What helps the visit and gives the wait a use. */
export function GetReady() {
  const { title, items } = waitingWords.prepare;
  return (
    <section className="card stack stack--tight" aria-labelledby="get-ready">
      <h2 id="get-ready">{title}</h2>
      <ul className="stack stack--tight">
        {items.map((item) => (
          <li className="row row--top" key={item}>
            <Icon name="tick" />
            <span>{item}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
