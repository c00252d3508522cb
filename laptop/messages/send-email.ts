import PostalMime, { type Email } from "postal-mime";
import { VendorError } from "../http/vendor-error";
import type { Attachment, Inbox, Message } from "./inbox";

type Input = Record<string, unknown>;
const bad = (message: string) => new VendorError("BadRequestException", message);

/** Good enough to refuse what cannot be an address; SES looks no closer either. RFC 5321 lengths. */
const plainAddress = /^[^\s@<>,;:"()[\]\\]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/i;

export function parseAddress(value: unknown, what: string): string {
  const address = typeof value === "string" ? (/<([^<>]*)>\s*$/.exec(value)?.[1] ?? value).trim() : "";
  if (!plainAddress.test(address)) throw bad(`${what} is not a valid email address`);
  return address;
}

function textOf(part: unknown): string | undefined {
  const data = (part as { Data?: unknown } | undefined)?.Data;
  return typeof data === "string" ? data : undefined;
}

function attachmentsOf(email: Email): Attachment[] {
  const seen = new Set<string>();
  return email.attachments.flatMap(({ filename, mimeType, content }) => {
    const name = filename || (mimeType === "text/calendar" ? "visit.ics" : "attachment");
    if (seen.has(name)) return []; // a calendar travels twice: as a part and as a file (RFC 6047)
    seen.add(name);
    const bytes =
      typeof content === "string"
        ? Buffer.from(content)
        : Buffer.from(content instanceof Uint8Array ? content : new Uint8Array(content));
    return [{ filename: name, contentType: mimeType, content: bytes.toString("base64") }];
  });
}

type Content = Pick<Message, "text" | "attachments"> & { subject: string; html?: string };

async function readRaw(data: unknown): Promise<Content> {
  if (typeof data !== "string") throw bad("Content.Raw.Data is missing");
  const email = await PostalMime.parse(Buffer.from(data, "base64")).catch(() => {
    throw bad("Content.Raw.Data is not a MIME message");
  });
  return {
    subject: email.subject ?? "",
    text: email.text ?? "",
    ...(email.html ? { html: email.html } : {}),
    attachments: attachmentsOf(email),
  };
}

function readSimple(simple: Input): Content {
  const subject = textOf(simple.Subject);
  const body = (simple.Body ?? {}) as Input;
  const [text, html] = [textOf(body.Text), textOf(body.Html)];
  if (subject === undefined || (text === undefined && html === undefined))
    throw bad("Content.Simple needs a Subject and a Body");
  return { subject, text: text ?? "", ...(html ? { html } : {}), attachments: [] };
}

/** SES v2 SendEmail, Simple and Raw. @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html */
export async function sendEmail(inbox: Inbox, input: Input, drops: boolean): Promise<{ MessageId: string }> {
  const from = parseAddress(input.FromEmailAddress, "FromEmailAddress");
  const destination = (input.Destination ?? {}) as Record<string, unknown[] | undefined>;
  const to = ["ToAddresses", "CcAddresses", "BccAddresses"]
    .flatMap((kind) => destination[kind] ?? [])
    .map((address) => parseAddress(address, "Destination"));
  if (to.length < 1 || to.length > 50) throw bad("Destination must have 1 to 50 addresses");
  const set = input.ConfigurationSetName;
  if (set !== undefined && (typeof set !== "string" || !/^[\w-]{1,64}$/.test(set)))
    throw bad("ConfigurationSetName is not valid");
  const content = (input.Content ?? {}) as Record<string, Input | undefined>;
  const read = content.Raw
    ? await readRaw(content.Raw.Data)
    : content.Simple
      ? readSimple(content.Simple)
      : undefined;
  if (!read) throw bad("Content needs Raw or Simple (the laptop cloud has no templates)");
  const tags = Object.fromEntries(
    ((input.EmailTags ?? []) as Array<{ Name: string; Value: string }>).map(({ Name, Value }) => [
      Name,
      Value,
    ]),
  );
  const sent = to.map((address) =>
    inbox.add({ kind: "email", from, to: address, ...read, tags, delivery: drops ? "dropped" : "delivered" }),
  );
  return { MessageId: `${sent[0]?.id}-000000` };
}
