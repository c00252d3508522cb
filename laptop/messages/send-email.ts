import type { Inbox, Message } from "./inbox";
import { badRequest, readRaw, readSimple, record } from "./read-mail";
import { fateOf } from "./receipts";

type Input = Record<string, unknown>;

/** Good enough to refuse what cannot be an address; SES looks no closer. Lengths of RFC 5321. */
const plainAddress = /^[^\s@<>,;:"()[\]\\]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/i;
const quotedAddress = /^[^<>\r\n]*<([^<>]*)>\s*$/;

/** `jane@x.test` or `Dr. Jane <jane@x.test>`. @returns the bare address. */
export function parseAddress(value: unknown, what: string): string {
  const address = typeof value === "string" ? (quotedAddress.exec(value)?.[1] ?? value).trim() : "";
  if (!plainAddress.test(address)) throw badRequest(`${what}: not a valid email address`);
  return address;
}

function recipientsOf(input: Input): string[] {
  const destination = record(input.Destination);
  const addresses = ["ToAddresses", "CcAddresses", "BccAddresses"].flatMap((kind) => {
    const list = destination[kind] ?? [];
    if (!Array.isArray(list)) throw badRequest(`Destination.${kind} must be a list`);
    return list.map((address) => parseAddress(address, `Destination.${kind}`));
  });
  if (addresses.length < 1 || addresses.length > 50)
    throw badRequest("Destination must have 1 to 50 addresses");
  return addresses;
}

function tagsOf(input: Input): Record<string, string> {
  const tags = input.EmailTags ?? [];
  if (!Array.isArray(tags)) throw badRequest("EmailTags must be a list");
  return Object.fromEntries(
    tags.map((tag) => {
      const { Name: name, Value: value } = record(tag);
      if (typeof name !== "string" || typeof value !== "string" || !/^[\w.@-]{1,256}$/.test(name))
        throw badRequest("EmailTags needs names and values");
      return [name, value];
    }),
  );
}

export type EmailParts = {
  inbox: Inbox;
  drops: boolean;
  bounces: boolean;
  /** Hears of each message once it has been accepted, with the id that its sender was given. */
  sent: (message: Message, messageId: string) => void;
};

/**
 * SES v2 SendEmail, Simple and Raw; each recipient gets a message of their own in the inbox.
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
 */
export async function sendEmail(
  { inbox, drops, bounces, sent: told }: EmailParts,
  input: Input,
): Promise<{ MessageId: string }> {
  parseAddress(input.FromEmailAddress, "FromEmailAddress");
  const from = String(input.FromEmailAddress);
  const recipients = recipientsOf(input);
  const { ConfigurationSetName: set } = input;
  if (set !== undefined && (typeof set !== "string" || !/^[\w-]{1,64}$/.test(set)))
    throw badRequest("ConfigurationSetName is not valid");
  const { Raw: raw, Simple: simple } = record(input.Content);
  if ((raw === undefined) === (simple === undefined))
    throw badRequest("Content needs Raw or Simple (the laptop cloud has no templates)");
  const content = raw === undefined ? readSimple(record(simple)) : await readRaw(record(raw).Data);
  const tags = tagsOf(input);
  const sent = recipients.map((to) => {
    const delivery = fateOf("email", to, { drops, bounces });
    return inbox.add({ kind: "email", from, to, ...content, tags, delivery });
  });
  const messageId = `${sent[0]?.id}-000000`;
  for (const message of sent) told(message, messageId);
  return { MessageId: messageId };
}
