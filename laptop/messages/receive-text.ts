import { randomUUID } from "node:crypto";
import type { Sns } from "../sns/index";
import type { Inbox } from "./inbox";

/** The number that the system texts from, where no text says otherwise. */
const ourNumber = "+15550100100";

/**
 * Somebody answers on their telephone: it stands in their conversation, and the subscriber is told as End User Messaging tells of a
 * two-way text (self-managed opt-outs: STOP is the subscriber's to heed).
 * @see https://docs.aws.amazon.com/sms-voice/latest/userguide/two-way-sms-payload.html
 */
export function receiveText(
  { inbox, sns }: { inbox: Inbox; sns: Pick<Sns, "publish"> },
  { from, body }: { from: string; body: string },
): void {
  const last = inbox.list({ to: from }).find(({ kind }) => kind === "sms");
  const to = last && /^\+\d+$/.test(last.from) ? last.from : ourNumber;
  inbox.add({
    kind: "sms",
    from,
    to,
    text: body,
    attachments: [],
    tags: {},
    delivery: "delivered",
    reply: true,
  });
  sns.publish({
    originationNumber: from,
    destinationNumber: to,
    messageKeyword: `KEYWORD_${to.slice(1)}`,
    messageBody: body,
    inboundMessageId: randomUUID(),
    ...(last && { previousPublishedMessageId: last.id }),
  });
}

/** What a telephone can send: a number in E.164, and up to 1,600 characters. */
export function readText(input: { from?: unknown; body?: unknown }): { from: string; body: string } | null {
  const { from, body } = input;
  if (typeof from !== "string" || !/^\+\d{7,15}$/.test(from)) return null;
  return typeof body === "string" && /\S/.test(body) && body.length <= 1_600 ? { from, body } : null;
}
