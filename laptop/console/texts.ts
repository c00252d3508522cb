import type { Cloud } from "../cloud";
import type { Message } from "../messages/inbox";
import { html, linked, type Markup } from "./html";
import { icon } from "./icons";
import { phoneCode } from "./phone-code";
import { clockOf, dayAndClock } from "./times";

const delivered = html`${icon("tick")}Delivered`;
const lost = html`${icon("cross")}Lost on the way by a fault switch`;

/** One text with the hour above it, if that is not the hour of the one before. */
function bubble(message: Message, before: Message | undefined, phoneOrigin: string | null): Markup {
  const hour = dayAndClock(message.at);
  return html`<li>${(!before || dayAndClock(before.at) !== hour) && html`<p class="hour">${hour}</p>`}
<p class="bubble${message.delivery === "dropped" && " is-lost"}">${linked(message.text)}</p>
${phoneCode(message.text, phoneOrigin)}<p class="state">${message.delivery === "dropped" ? lost : delivered}</p></li>`;
}

/** Who opted out cannot be texted; the same button lets them in again. */
const stopOrStart = (number: string, out: boolean) =>
  html`<form class="reply" method="post" action="/console/opt-out">
<input type="hidden" name="number" value="${number}"><input type="hidden" name="on" value="${out ? "0" : "1"}">
<button class="btn btn--quiet" id="reply">Reply ${out ? "START" : "STOP"}</button>
<span class="small soft">${out ? "Opted out: texts are refused" : "STOP opts this number out"}</span></form>`;

/** A telephone as its owner holds it: the texts of one number, oldest first. */
export function texts(
  { inbox, optedOut, phoneOrigin }: Cloud,
  wanted: string | null,
  mailId: string | null,
): Markup {
  const all = inbox.list({ all: true }).filter(({ kind }) => kind === "sms");
  const numbers = [...new Set(all.map(({ to }) => to))];
  const number = numbers.find((known) => known === wanted) ?? numbers[0];
  if (!number)
    return html`<section id="texts" aria-labelledby="texts-head" data-live><h2 id="texts-head">Texts</h2>
<p class="card soft empty">No text yet. What the system sends by SMS arrives here.</p></section>`;
  const mine = all.filter(({ to }) => to === number).reverse();
  const from = mine.at(-1)?.from ?? "";
  return html`<section id="texts" aria-labelledby="texts-head" data-live>
<form class="row" method="get" action="/" data-choose><h2 class="grow" id="texts-head">Texts</h2>
${mailId && html`<input type="hidden" name="mail" value="${mailId}">`}
<label class="vh" for="number">Telephone</label>
<span class="pick"><select class="input" id="number" name="number">${numbers.map(
    (known) => html`<option${known === number && html` selected`}>${known}</option>`,
  )}</select>${icon("down")}</span><noscript><button class="btn btn--quiet">Show</button></noscript></form>
<div class="handset"><div class="handset__bar" aria-hidden="true"><span>${clockOf(Date.now())}</span><span class="bars"><i></i><i></i><i></i><i></i></span></div>
<div class="handset__with"><span class="face" aria-hidden="true">SMS</span><b>${from}</b></div>
<ol class="sms" id="sms" tabindex="0" aria-label="Texts to ${number}" data-bottom>${mine.map((message, index) => bubble(message, mine[index - 1], phoneOrigin))}</ol>
${stopOrStart(number, optedOut.has(number))}</div></section>`;
}
