import { VendorError } from "../http/vendor-error";
import type { Contact } from "./contacts";
import type { ConnectContext } from "./context";
import { attributesOf, type Input, type Json, notFound } from "./input";
import { initiationMethod } from "./lambda-event";

/** @see https://docs.aws.amazon.com/connect/latest/APIReference/API_StopContact.html */
export function stopContact(connect: ConnectContext, input: Input): Json {
  connect.mustBeOurs(input.InstanceId);
  const contact = connect.contacts.find(input.ContactId);
  if (!contact || contact.disconnectedAt !== null)
    throw new VendorError("ContactNotFoundException", "The contact has ended or does not exist", 410);
  const { Code: code } = (input.DisconnectReason ?? {}) as Input;
  connect.calls.end(contact, typeof code === "string" ? code : "API");
  return {};
}

/** @see https://docs.aws.amazon.com/connect/latest/APIReference/API_DescribeContact.html */
export function describeContact(connect: ConnectContext, instanceId: string, contactId: string): Json {
  connect.mustBeOurs(instanceId);
  const contact = connect.contacts.find(contactId);
  if (!contact) throw notFound("Contact");
  const { disconnectedAt } = contact;
  return {
    Contact: {
      Arn: `${connect.instance.arn}/contact/${contact.contactId}`,
      Id: contact.contactId,
      InitialContactId: contact.initialContactId ?? contact.contactId,
      ...(contact.previousContactId ? { PreviousContactId: contact.previousContactId } : {}),
      ...(contact.relatedContactId ? { RelatedContactId: contact.relatedContactId } : {}),
      InitiationMethod: initiationMethod(contact),
      Channel: "VOICE",
      Name: contact.displayName,
      ...endpoints(contact),
      ...(contact.description ? { Description: contact.description } : {}),
      InitiationTimestamp: contact.initiatedAt / 1000,
      LastUpdateTimestamp: contact.updatedAt / 1000,
      ConnectedToSystemTimestamp: contact.initiatedAt / 1000,
      ...queueInfo(connect, contact),
      ...agentInfo(contact),
      ...(disconnectedAt
        ? { DisconnectTimestamp: disconnectedAt / 1000, DisconnectReason: contact.disconnectReason }
        : {}),
    },
  };
}

/** ListAssociatedContacts: all contacts of a call that was handed on. @see https://docs.aws.amazon.com/connect/latest/APIReference/API_ListAssociatedContacts.html */
export function listAssociatedContacts(
  connect: ConnectContext,
  instanceId: string,
  query: URLSearchParams,
): Json {
  connect.mustBeOurs(instanceId);
  const asked = connect.contacts.find(query.get("contactId"));
  if (!asked) throw notFound("Contact");
  const firstOf = ({ initialContactId, contactId }: Contact) => initialContactId ?? contactId;
  const all = connect.contacts.list().filter((one) => firstOf(one) === firstOf(asked));
  return {
    ContactSummaryList: all.map((contact) => ({
      ContactId: contact.contactId,
      ContactArn: `${connect.instance.arn}/contact/${contact.contactId}`,
      InitiationTimestamp: contact.initiatedAt / 1000,
      ...time("DisconnectTimestamp", contact.disconnectedAt),
      InitialContactId: firstOf(contact),
      ...(contact.previousContactId ? { PreviousContactId: contact.previousContactId } : {}),
      InitiationMethod: initiationMethod(contact),
      Channel: "VOICE",
    })),
  };
}

function endpoints({ telephone }: Contact): Json {
  if (!telephone) return {};
  const endpoint = (Address: string) => ({ Address, Type: "TELEPHONE_NUMBER" });
  return { CustomerEndpoint: endpoint(telephone.from), SystemEndpoint: endpoint(telephone.to) };
}

const time = (name: string, at: number | null) => (at === null ? {} : { [name]: at / 1000 });

function queueInfo({ instance }: ConnectContext, { target, queuedAt }: Contact): Json {
  const queue = target && "queueId" in target ? instance.queue(target.queueId) : undefined;
  return queue ? { QueueInfo: { Id: queue.id, ...time("EnqueueTimestamp", queuedAt) } } : {};
}

function agentInfo({ lastAgentId, connectedToAgentAt, wrapUpBeganAt, wrapUpEndedAt }: Contact): Json {
  if (connectedToAgentAt === null) return {};
  return {
    AgentInfo: {
      ...(lastAgentId ? { Id: lastAgentId } : {}),
      ...time("ConnectedToAgentTimestamp", connectedToAgentAt),
      ...time("AfterContactWorkStartTimestamp", wrapUpBeganAt),
      ...time("AfterContactWorkEndTimestamp", wrapUpEndedAt),
    },
  };
}

/** GetContactAttributes. */
export function getContactAttributes(connect: ConnectContext, instanceId: string, contactId: string): Json {
  connect.mustBeOurs(instanceId);
  const contact = connect.contacts.find(contactId);
  if (!contact) throw notFound("Contact");
  return { Attributes: contact.attributes };
}

/** Given attributes are added to what is there; together they keep to the limit. */
export function updateContactAttributes(connect: ConnectContext, input: Input): Json {
  connect.mustBeOurs(input.InstanceId);
  const contact = connect.contacts.find(input.InitialContactId);
  if (!contact) throw notFound("Contact");
  contact.attributes = attributesOf({ ...contact.attributes, ...attributesOf(input.Attributes) });
  contact.updatedAt = connect.now();
  connect.contacts.changed();
  return {};
}
