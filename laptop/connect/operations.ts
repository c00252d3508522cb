import { VendorError } from "../http/vendor-error";
import type { ConnectContext } from "./context";
import { attributesOf, type Input, type Json, notFound } from "./input";

/** @see https://docs.aws.amazon.com/connect/latest/APIReference/API_StopContact.html */
export function stopContact(connect: ConnectContext, input: Input): Json {
  connect.mustBeOurs(input.InstanceId);
  const contact = connect.contacts.find(input.ContactId);
  if (!contact || contact.disconnectedAt !== null)
    throw new VendorError("ContactNotFoundException", "The contact has ended or does not exist", 410);
  const { Code: code } = (input.DisconnectReason ?? {}) as Input;
  contact.disconnectedAt = contact.updatedAt = connect.now();
  contact.disconnectReason = typeof code === "string" ? code : "API";
  connect.meetings.endMeeting(contact.meeting.MeetingId);
  connect.contacts.changed();
  return {};
}

/** @see https://docs.aws.amazon.com/connect/latest/APIReference/API_DescribeContact.html */
export function describeContact(connect: ConnectContext, instanceId: string, contactId: string): Json {
  connect.mustBeOurs(instanceId);
  const contact = connect.contacts.find(contactId);
  if (!contact) throw notFound("Contact");
  const { connectedToAgentAt, disconnectedAt } = contact;
  return {
    Contact: {
      Arn: `${connect.instanceArn}/contact/${contact.contactId}`,
      Id: contact.contactId,
      InitialContactId: contact.contactId,
      ...(contact.relatedContactId ? { RelatedContactId: contact.relatedContactId } : {}),
      InitiationMethod: "WEBRTC_API",
      Channel: "VOICE",
      Name: contact.displayName,
      ...(contact.description ? { Description: contact.description } : {}),
      InitiationTimestamp: contact.initiatedAt / 1000,
      LastUpdateTimestamp: contact.updatedAt / 1000,
      ...(connectedToAgentAt ? { AgentInfo: { ConnectedToAgentTimestamp: connectedToAgentAt / 1000 } } : {}),
      ...(disconnectedAt
        ? { DisconnectTimestamp: disconnectedAt / 1000, DisconnectReason: contact.disconnectReason }
        : {}),
    },
  };
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
