import type { Cloud } from "../cloud";
import type { Attachment, Fate, Message } from "../messages/inbox";
import { html, linked, type Markup } from "./html";
import { icon } from "./icons";
import { clockOf, dayAndClock } from "./times";

/** `"Dr. Jane" <jane@x.test>` → Dr. Jane; a bare address stays one. */
const nameIn = (from: string) => /^\s*"?([^"<]*?)"?\s*</.exec(from)?.[1] || from;

const fates: Record<Fate, string | null> = {
  delivered: null,
  dropped: "Lost by a fault switch",
  bounced: "Came back: no such mailbox",
  blocked: "Came back: mailbox full",
  complaint: "Delivered, marked as spam",
};

const files = (count: number) => (count === 1 ? "1 file" : `${count} files`);
const pathOf = (id: string, number: string | null) =>
  `/?${new URLSearchParams({ ...(number ? { number } : {}), mail: id })}`;

const row = (message: Message, chosen: boolean, number: string | null) =>
  html`<li><a href="${pathOf(message.id, number)}" id="mail-${message.id}"${chosen && html` aria-current="true"`}>
<b>${nameIn(message.from)}</b><time>${clockOf(message.at)}</time><span>${message.subject || "(no subject)"}</span>
<span class="small soft">to ${message.to}${
    message.attachments.length > 0 && html` · ${icon("file")} ${files(message.attachments.length)}`
  }</span>${fates[message.delivery] && html`<span class="chip chip--bad">${icon("warning")}${fates[message.delivery]}</span>`}</a></li>`;

const source = (attachment: Attachment) => Buffer.from(attachment.content, "base64").toString("utf8");

/** What a calendar file asks of a mail client (RFC 5546): its method, and how often it was changed. */
function calendarWords(text: string): string {
  const method = /^METHOD:(\w{1,20})\s*$/im.exec(text)?.[1]?.toLowerCase();
  const version = /^SEQUENCE:(\d{1,9})\s*$/im.exec(text)?.[1];
  return ["Calendar file", method, version && `version ${version}`].filter(Boolean).join(" · ");
}

function attached(message: Message, attachment: Attachment, index: number): Markup {
  const isCalendar = attachment.contentType === "text/calendar" || /\.ics$/i.test(attachment.filename);
  const isText = isCalendar || attachment.contentType.startsWith("text/");
  return html`<li class="file"><div class="row">${icon(isCalendar ? "calendar" : "file")}
<span class="grow"><b>${attachment.filename}</b><br><span class="small soft">${
    isCalendar ? calendarWords(source(attachment)) : attachment.contentType
  }</span></span>
<a class="btn btn--quiet" href="/_laptop/inbox/${message.id}/attachments/${index}" download="${attachment.filename}">${icon("save")}Save<span class="vh"> ${attachment.filename}</span></a></div>
${isText && html`<details><summary>View source</summary><pre tabindex="0">${source(attachment)}</pre></details>`}</li>`;
}

const letter = (message: Message) =>
  message.html
    ? html`<iframe class="letter" title="The mail as it looks" src="/_laptop/inbox/${message.id}/html" sandbox="allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer"></iframe>
<details class="plain"><summary>The same as plain text</summary><div class="letter letter--text">${linked(message.text)}</div></details>`
    : html`<div class="letter letter--text">${linked(message.text)}</div>`;

const opened = (message: Message) =>
  html`<article class="mail" id="mail-${message.id}-open" aria-labelledby="subject"><h2 id="subject">${message.subject || "(no subject)"}</h2>
<p class="soft small">From <b>${message.from}</b> to ${message.to} · ${dayAndClock(message.at)}</p>
${letter(message)}
${message.attachments.length > 0 && html`<ul class="files">${message.attachments.map((attachment, index) => attached(message, attachment, index))}</ul>`}</article>`;

/** A mail client: all mails, newest first, and one of them open. */
export function mails({ inbox }: Cloud, wanted: string | null, number: string | null): Markup {
  const all = inbox.list({ all: true }).filter(({ kind }) => kind === "email");
  const open = all.find(({ id }) => id === wanted) ?? all[0];
  if (!open)
    return html`<section class="card card--flush" id="mails" aria-label="Mail" data-live><p class="soft empty">No mail yet. What the system sends by mail arrives here, codes to sign in included.</p></section>`;
  return html`<section class="card card--flush mails" id="mails" aria-label="Mail">
<ul class="mails__list" id="mail-list" data-live data-still="mail">${all.slice(0, 200).map((message) => row(message, message === open, number))}</ul>
<div id="mail-open" data-live data-key="${open.id}">${opened(open)}</div></section>`;
}
