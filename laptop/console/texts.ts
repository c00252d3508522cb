import type { Cloud } from "../cloud";
import type { Fate, Message } from "../messages/inbox";
import { html, linked, type Markup } from "./html";
import { icon } from "./icons";
import { phoneCode } from "./phone-code";
import { clockOf, dayAndClock } from "./times";

const fates: Record<Fate, Markup> = {
  delivered: html`${icon("tick")}Delivered`,
  complaint: html`${icon("tick")}Delivered`,
  dropped: html`${icon("cross")}Lost on the way by a fault switch`,
  bounced: html`${icon("cross")}Came back: no such number`,
  blocked: html`${icon("cross")}Blocked by the network`,
};

/** One text with the hour above it, if that is not the hour of the one before. */
function bubble(message: Message, before: Message | undefined, phoneOrigin: string | null): Markup {
  const hour = dayAndClock(message.at);
  return html`<li>${(!before || dayAndClock(before.at) !== hour) && html`<p class="hour">${hour}</p>`}
<p class="bubble${message.reply ? " is-own" : !["delivered", "complaint"].includes(message.delivery) && " is-lost"}">${message.reply && html`<span class="vh">Sent from this telephone: </span>`}${linked(message.text)}</p>
${!message.reply && html`${phoneCode(message.text, phoneOrigin)}<p class="state">${fates[message.delivery]}</p>`}</li>`;
}

/** What the owner of the telephone writes back. It goes to the app as End User Messaging would bring it. */
const replyForm = (number: string, subscribed: boolean) =>
  html`<form class="reply" method="post" action="/console/reply" data-clear>
<input type="hidden" name="number" value="${number}">
<span class="row"><label class="vh" for="reply-body">Write back</label>
<input class="input grow" id="reply-body" name="body" required maxlength="1600" autocomplete="off" placeholder="STOP, START, HELP…">
<button class="btn btn--quiet" id="reply">Reply</button></span>
<span class="small soft">${subscribed ? "Goes to the app as a text from this number" : "No app has subscribed yet: a reply is lost"}</span></form>`;

/** Whose telephone a text lies on: its reader's, or its writer's for a reply. */
const ownerOf = (message: Message) => (message.reply ? message.from : message.to);

/** A telephone as its owner holds it: the texts of one number, oldest first. */
export function texts(
  { inbox, sns, phoneOrigin }: Cloud,
  wanted: string | null,
  mailId: string | null,
): Markup {
  const all = inbox.list({ all: true }).filter(({ kind }) => kind === "sms");
  const numbers = [...new Set(all.map(ownerOf))];
  const number = numbers.find((known) => known === wanted) ?? numbers[0];
  if (!number)
    return html`<section id="texts" aria-labelledby="texts-head" data-live><h2 id="texts-head">Texts</h2>
<p class="card soft empty">No text yet. What the system sends by SMS arrives here.</p></section>`;
  const mine = all.filter((message) => ownerOf(message) === number).reverse();
  const from = mine.findLast(({ reply }) => !reply)?.from ?? mine[0]?.to ?? "";
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
${replyForm(number, sns.status().confirmed)}</div></section>`;
}
