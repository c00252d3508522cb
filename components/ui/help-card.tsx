import { phoneWords } from "@/lib/call/time-words";
import { words } from "../messages/en";
import { Icon } from "./icon";

/** Never a dead end: the clinic's number, on every page that refuses something. @param phone E.164 */
export function HelpCard({ phone }: { phone: string }) {
  return (
    <section className="card stack stack--tight">
      <b>{words.needHelp}</b>
      <a className="btn btn--quiet btn--wide" href={`tel:${phone}`}>
        <Icon name="phone" />
        {words.callNumber(phoneWords(phone))}
      </a>
      <p className="small hint">{words.emergency}</p>
    </section>
  );
}
