import PostalMime, { type Email } from "postal-mime";
import { VendorError } from "../http/vendor-error";
import type { Attachment, Message } from "./inbox";

/** What of a mail a person reads. */
export type MailContent = Pick<Message, "text" | "attachments"> & { subject: string; html?: string };
type Input = Record<string, unknown>;

export const badRequest = (message: string) => new VendorError("BadRequestException", message);
export const record = (value: unknown): Input =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Input) : {};

const bytesOf = (content: string | ArrayBuffer | Uint8Array) =>
  typeof content === "string" ? Buffer.from(content) : Buffer.from(new Uint8Array(content));

/** A calendar travels twice, as an alternative part without a name and as a file (RFC 6047): it is shown once, by its name. */
function attachmentsOf(email: Email): Attachment[] {
  const all = email.attachments.map(({ filename, mimeType, content }) => ({
    filename: filename ?? "",
    contentType: mimeType,
    content: bytesOf(content).toString("base64"),
  }));
  return all
    .filter(({ filename, content }) => filename !== "" || !hasNamed(all, content))
    .map((attachment) => ({ ...attachment, filename: attachment.filename || unnamed(attachment) }));
}

const hasNamed = (all: Attachment[], content: string) =>
  all.some((other) => other.filename !== "" && other.content === content);
const unnamed = ({ contentType }: Attachment) =>
  contentType === "text/calendar" ? "invitation.ics" : "attachment";

/** `data`: base64 of a MIME message (RFC 5322), which may be anything at all. */
export async function readRaw(data: unknown): Promise<MailContent> {
  if (typeof data !== "string" || data === "") throw badRequest("Content.Raw.Data is missing");
  const email = await PostalMime.parse(Buffer.from(data, "base64")).catch(() => {
    throw badRequest("Content.Raw.Data is not a MIME message");
  });
  return {
    subject: email.subject ?? "",
    text: email.text ?? "",
    ...(email.html ? { html: email.html } : {}),
    attachments: attachmentsOf(email),
  };
}

function dataOf(part: unknown): string | undefined {
  const { Data: data } = record(part);
  return typeof data === "string" ? data : undefined;
}

function simpleAttachment(value: unknown): Attachment {
  const { FileName: filename, RawContent: content, ContentType: contentType } = record(value);
  if (typeof filename !== "string" || filename === "" || typeof content !== "string")
    throw badRequest("Content.Simple.Attachments needs a FileName and a RawContent");
  return {
    filename,
    content,
    contentType: typeof contentType === "string" ? contentType : "application/octet-stream",
  };
}

/** `Content.Simple`: a subject and a body as text, as HTML or as both. */
export function readSimple(simple: Input): MailContent {
  const subject = dataOf(simple.Subject);
  const body = record(simple.Body);
  const [text, html] = [dataOf(body.Text), dataOf(body.Html)];
  if (subject === undefined || (text === undefined && html === undefined))
    throw badRequest("Content.Simple needs a Subject and a Body");
  const attachments = Array.isArray(simple.Attachments) ? simple.Attachments.map(simpleAttachment) : [];
  return { subject, text: text ?? "", ...(html ? { html } : {}), attachments };
}
