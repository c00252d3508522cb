import type { Cloud } from "../cloud";
import { html, type Markup } from "./html";
import { icon } from "./icons";
import { mails } from "./mails";
import { countOn, switches } from "./switches";
import { texts } from "./texts";

export const emptyInbox = html`<form method="post" action="/console/empty-inbox"><button class="btn btn--quiet" id="empty">Empty inbox</button></form>`;

/** `number` and `mail` are what a person chose; without a choice the newest is shown. */
export function inboxPage(cloud: Cloud, query: URLSearchParams): Markup {
  const [number, mail] = [query.get("number"), query.get("mail")];
  const messageFaults = cloud.faults.list().filter(({ service }) => service === "ses" || service === "sms");
  return html`<div class="inbox">
${texts(cloud, number, mail)}
${mails(cloud, mail, number)}
<section id="message-faults" aria-labelledby="message-faults-head" data-live><h2 id="message-faults-head">Faults for messages</h2>
<div class="card">${switches(cloud.faults, ["ses", "sms"], "/")}</div>
${countOn(cloud.faults) > 0 && messageFaults.length > 0 && html`<p class="banner banner--notice">${icon("bolt")}<span><b>A fault is on</b> for texts or mail. Turn it off when you are done.</span></p>`}</section>
</div>`;
}
