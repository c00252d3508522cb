import type { Contact } from "./contacts";
import type { Instance } from "./instance";

/** The vendor's own words for how a contact began. */
export const initiationMethod = ({ telephone, previousContactId }: Contact) =>
  previousContactId ? "TRANSFER" : telephone ? "INBOUND" : "WEBRTC_API";

/** What a function that a flow calls is given. @see https://docs.aws.amazon.com/connect/latest/adminguide/connect-lambda-functions.html */
export function lambdaEvent(instance: Instance, contact: Contact, parameters: Record<string, string>) {
  const { target, telephone } = contact;
  const endpoint = (Address: string) => ({ Address, Type: "TELEPHONE_NUMBER" });
  const queue = target && "queueId" in target ? instance.queue(target.queueId) : undefined;
  return {
    Name: "ContactFlowEvent",
    Details: {
      ContactData: {
        Attributes: contact.attributes,
        Channel: "VOICE",
        ContactId: contact.contactId,
        CustomerEndpoint: telephone && endpoint(telephone.from),
        CustomerId: null,
        Description: contact.description,
        InitialContactId: contact.initialContactId ?? contact.contactId,
        InitiationMethod: initiationMethod(contact),
        InstanceARN: instance.arn,
        LanguageCode: "en-US",
        MediaStreams: { Customer: { Audio: null } },
        Name: contact.displayName,
        PreviousContactId: contact.previousContactId ?? contact.contactId,
        Queue: queue ? { ARN: queue.arn, Name: queue.name } : null,
        References: {},
        SystemEndpoint: telephone && endpoint(telephone.to),
      },
      Parameters: parameters,
    },
  };
}
