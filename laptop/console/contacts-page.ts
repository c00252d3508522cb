import type { Cloud } from "../cloud";
import type { Contact } from "../connect/contacts";
import { html, type Markup } from "./html";
import { dayAndClock, span } from "./times";

/** Where a contact is, and with whom. */
function state({ connect }: Cloud, contact: Contact): Markup {
  const { disconnectedAt, handler, enqueuedAt, contactId } = contact;
  if (disconnectedAt !== null) return html`<span class="chip chip--outline">Ended</span>`;
  const agents = connect.agents();
  const nameOf = (id: string) => agents.find(({ agentId }) => agentId === id)?.name ?? "an agent";
  if (handler)
    return html`<span class="chip chip--live">${handler.heldSince === null ? "With" : "On hold by"} ${nameOf(handler.agentId)}</span>`;
  const ringing = agents.find(({ work }) => work.kind === "ringing" && work.contactId === contactId);
  if (ringing) return html`<span class="chip chip--wait">Rings at ${ringing.name}</span>`;
  return html`<span class="chip chip--wait">${enqueuedAt === null ? "In its flow" : `In queue ${connect.queueOf(contact) ?? "of one agent"}`}</span>`;
}

const attributes = (contact: Contact) => {
  const pairs = Object.entries(contact.attributes);
  if (pairs.length === 0) return "none";
  return html`<details><summary>${pairs.length} set</summary><dl class="kv">${pairs.map(
    ([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`,
  )}</dl></details>`;
};

const row = (cloud: Cloud, contact: Contact) =>
  html`<tr><th scope="row">${contact.displayName}<br><span class="small soft">${contact.contactId}</span></th>
<td>${state(cloud, contact)}${contact.words === null ? "" : html`<p class="said small soft">${contact.words}</p>`}</td><td>${dayAndClock(contact.initiatedAt)}</td>
<td>${contact.disconnectedAt === null ? "" : `${span(contact.initiatedAt, contact.disconnectedAt)} (${contact.disconnectReason ?? ""})`}</td>
<td>${contact.allowed.customerVideo || contact.allowed.agentVideo ? "video" : "sound alone"}</td><td>${attributes(contact)}</td></tr>`;

export function contactsPage(cloud: Cloud): Markup {
  const contacts = cloud.connect.contacts();
  return html`<div id="contacts" data-live>${
    contacts.length === 0
      ? html`<p class="card soft empty">No contact yet. StartWebRTCContact makes them.</p>`
      : html`<div class="card card--flush scroll" tabindex="0" role="region" aria-label="Contacts"><table class="table"><thead><tr><th scope="col">Contact</th><th scope="col">State</th><th scope="col">Began</th><th scope="col">Lasted</th><th scope="col">Media</th><th scope="col">Attributes</th></tr></thead>
<tbody>${contacts.slice(0, 200).map((contact) => row(cloud, contact))}</tbody></table></div>`
  }</div>`;
}
