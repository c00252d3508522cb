import type { Cloud } from "../cloud";
import { html, type Markup } from "./html";
import { dayAndClock, span } from "./times";

type Meeting = ReturnType<Cloud["chime"]["snapshot"]>["meetings"][number];
type Attendee = Meeting["attendees"][number];

const chip = (kind: string, word: string) => html`<span class="chip ${kind}">${word}</span>`;

function presence({ connected, waiting }: Attendee): Markup {
  if (!connected) return chip("chip--outline", "Not here");
  return waiting ? chip("chip--wait", "Waiting") : chip("chip--live", "In the call");
}

const capabilities = ({ capabilities: { Audio, Video, Content } }: Attendee) =>
  Audio === Video && Video === Content ? Audio : `sound ${Audio}, picture ${Video}, content ${Content}`;

const person = (attendee: Attendee) =>
  html`<tr><th scope="row">${attendee.externalUserId}<br><span class="small soft">${attendee.id}</span></th>
<td>${presence(attendee)}</td><td>${attendee.muted ? "muted" : "on"}</td><td>${attendee.video ? "on" : "off"}</td><td>${capabilities(attendee)}</td></tr>`;

const mediaIsLost = ({ chime }: Cloud, meetingId: string) =>
  chime.faults.list().some((fault) => fault.meetingId === meetingId && fault.blackhole);

/** What can go wrong for one meeting alone. */
function troubles(cloud: Cloud, { id, externalId }: Meeting): Markup {
  const lost = mediaIsLost(cloud, id);
  const meeting = html`<input type="hidden" name="meeting" value="${id}">`;
  const of = html`<span class="vh"> of ${externalId}</span>`;
  return html`<div class="row troubles">
<form method="post" action="/console/drop-media">${meeting}<input type="hidden" name="on" value="${lost ? "0" : "1"}"><button class="switch" id="lose-${id}" role="switch" aria-checked="${lost ? "true" : "false"}"><i></i><b>Drop media${of}</b></button></form>
<form method="post" action="/console/break-sockets">${meeting}<button class="btn btn--quiet" id="break-${id}">Break the line${of}</button></form>
<form method="post" action="/console/end-meeting">${meeting}<button class="btn btn--quiet" id="end-${id}">End for all${of}</button></form></div>`;
}

const meeting = (cloud: Cloud, one: Meeting, now: number) =>
  html`<section class="card card--flush" aria-labelledby="meeting-${one.id}"><div class="card__head"><div class="grow"><h2 id="meeting-${one.id}">${one.externalId}</h2>
<p class="small soft">${one.id} · since ${dayAndClock(Date.parse(one.createdAt))} (${span(Date.parse(one.createdAt), now)})</p></div>
${troubles(cloud, one)}</div>
${
  one.attendees.length === 0
    ? html`<p class="soft empty">Nobody has been invited.</p>`
    : html`<div class="scroll" tabindex="0" role="region" aria-label="People in ${one.externalId}"><table class="table"><thead><tr><th scope="col">Person</th><th scope="col">Where</th><th scope="col">Microphone</th><th scope="col">Camera</th><th scope="col">May</th></tr></thead>
<tbody>${one.attendees.map(person)}</tbody></table></div>`
}</section>`;

export function meetingsPage(cloud: Cloud): Markup {
  const { meetings } = cloud.chime.snapshot();
  const now = Date.now();
  return html`<div class="stack" id="meetings" data-live>${
    meetings.length === 0
      ? html`<p class="card soft empty">No meeting is running. Join a visit, or call CreateMeeting, and it shows here.</p>`
      : meetings.map((one) => meeting(cloud, one, now))
  }</div>`;
}
