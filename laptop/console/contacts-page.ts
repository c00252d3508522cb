import type { Cloud } from "../cloud";
import type { Contact } from "../connect/contacts";
import { html, type Markup } from "./html";
import { dayAndClock, span } from "./times";

function state({ disconnectedAt, connectedToAgentAt }: Contact): Markup {
  if (disconnectedAt !== null) return html`<span class="chip chip--outline">Ended</span>`;
  return connectedToAgentAt === null
    ? html`<span class="chip chip--wait">Waiting</span>`
    : html`<span class="chip chip--live">With an agent</span>`;
}

const attributes = (contact: Contact) => {
  const pairs = Object.entries(contact.attributes);
  if (pairs.length === 0) return "none";
  return html`<details><summary>${pairs.length} set</summary><dl class="kv">${pairs.map(
    ([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`,
  )}</dl></details>`;
};

const row = (contact: Contact) =>
  html`<tr><th scope="row">${contact.displayName}<br><span class="small soft">${contact.contactId}</span></th>
<td>${state(contact)}</td><td>${dayAndClock(contact.initiatedAt)}</td>
<td>${contact.disconnectedAt === null ? "" : `${span(contact.initiatedAt, contact.disconnectedAt)} (${contact.disconnectReason ?? ""})`}</td>
<td>${contact.allowed.customerVideo || contact.allowed.agentVideo ? "video" : "sound alone"}</td><td>${attributes(contact)}</td></tr>`;

export function contactsPage({ connect }: Cloud): Markup {
  const contacts = connect.contacts();
  return html`<div id="contacts" data-live>${
    contacts.length === 0
      ? html`<p class="card soft empty">No contact yet. StartWebRTCContact makes them.</p>`
      : html`<div class="card card--flush scroll" tabindex="0" role="region" aria-label="Contacts"><table class="table"><thead><tr><th scope="col">Contact</th><th scope="col">State</th><th scope="col">Began</th><th scope="col">Lasted</th><th scope="col">Media</th><th scope="col">Attributes</th></tr></thead>
<tbody>${contacts.slice(0, 200).map(row)}</tbody></table></div>`
  }</div>`;
}
