import { z } from "zod";
import {
  count,
  cursor,
  guestRole,
  id,
  linkStatus,
  maskedEmail,
  maskedPhone,
  messageState,
  party,
  principal,
  revokedBecause,
  time,
} from "./common";

const joinLink = z
  .object({
    token: z.string().describe("A credential: a signed JWT."),
    link: z.url().describe("A credential: the same, short, for a text message."),
    expiresAt: time,
    tokenId: id,
  })
  .meta({ id: "JoinLink" });
const early = z.literal("LINK_ENDS_BEFORE_VISIT");

export const joinLinks = z.object({
  patient: joinLink.optional(),
  clinician: joinLink.optional(),
  warnings: z.array(early),
});

const receipt = z
  .object({
    messageId: id.describe("Stable across tries."),
    to: z.string().describe("Masked."),
    status: z.enum(["queued", "sent"]),
    provider: z.enum(["sns", "ses"]),
  })
  .meta({ id: "MessageReceipt" });
const receipts = { sms: receipt.optional(), email: receipt.optional() };
const sent = z.object(receipts);

export const notified = z.object({
  sent: sent.describe("The patient's; the clinician's when only they were asked for."),
  deliveryTracking: z.object({
    smsTrackingId: z.string().optional(),
    emailTrackingId: z.string().optional(),
  }),
  recipients: z.array(z.object({ role: principal, ...receipts })),
  guests: z
    .array(z.object({ guestId: id, role: guestRole, ...receipts }))
    .describe("Those invited beside the two; none where only one of the two was asked for."),
});
export const resent = z.object({ status: z.literal("queued"), role: party, sent });

export const invitedGuest = z.object({
  guestId: id,
  role: guestRole,
  name: z.string(),
  sent: sent.describe("Empty where no contact was given: then hand the link over yourself."),
  link: joinLink,
});
export const guestList = z.object({
  guests: z.array(
    z.object({
      guestId: id,
      role: guestRole,
      name: z.string(),
      phone: maskedPhone,
      email: maskedEmail,
      invitedAt: time,
      link: linkStatus.nullable().describe("Their newest link's; null: none was made yet."),
    }),
  ),
});

export const tokenLook = z.object({
  valid: z.literal(true),
  visit: z.object({ visitId: id, scheduledAt: time, clinicianName: z.string(), duration: count }),
  expiresIn: count.describe("Seconds."),
  warnings: z.array(z.enum(["LINK_ENDS_BEFORE_VISIT", "ALREADY_JOINED_HERE"])),
});
export const resolvedCode = z.object({ token: z.string().describe("A credential."), expiresAt: time });

export const messagePage = z.object({
  messages: z.array(
    z.object({
      messageId: id,
      visitId: id,
      kind: z.enum(["sms", "email"]),
      template: z.string(),
      party,
      name: z
        .string()
        .nullable()
        .describe("Who it was for; null: a guest, who is named on the visit's page alone."),
      to: z.string().describe("Masked."),
      status: messageState,
      reason: z.string().nullable().describe("Ours or the provider's word."),
      createdAt: time,
      sentAt: time.nullable(),
      scheduledAt: time.describe("When the visit is planned."),
      repeatable: z
        .boolean()
        .describe("It can be sent again: its visit is open, and nothing newer went the same way."),
    }),
  ),
  nextCursor: cursor,
});

export const linkPage = z.object({
  links: z.array(
    z.object({
      tokenId: id,
      visitId: id,
      scheduledAt: time.describe("When the visit is planned."),
      party,
      name: z
        .string()
        .nullable()
        .describe("Whom it was made for; null: a guest who is not on file any more."),
      status: linkStatus,
      revoked: revokedBecause,
      issuedAt: time,
      issuedBy: z
        .discriminatedUnion("kind", [
          z.object({ kind: z.literal("staff"), name: z.string() }),
          z.object({ kind: z.literal("holder") }),
          z.object({ kind: z.literal("program") }),
          z.object({ kind: z.literal("automatic") }),
        ])
        .describe(
          "`holder`: whoever held the one before it asked for another; `program`: an API key; `automatic`: a reminder's.",
        ),
      expiresAt: time,
      openedAt: time.nullable(),
      redeemedAt: time.nullable(),
      seenFrom: z
        .object({ userAgent: z.string(), ip: z.string() })
        .nullable()
        .describe("The browser that joined with it or, for a reader of the audit, first opened it."),
      revocable: z.boolean().describe("It opens something, or somebody is in by it."),
    }),
  ),
  nextCursor: cursor,
});
