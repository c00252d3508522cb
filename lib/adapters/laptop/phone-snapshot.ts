import { z } from "zod";
import type { Phone } from "@/lib/ports/agent-door";
import { toAttendee, toMeeting } from "../aws/chime-meetings";

export const signedIn = z.object({ token: z.string() });

const anything = z.record(z.string(), z.unknown());

/** What the laptop tells an agent's desk: of that, what we take. Its name and attributes of a caller are not among it. */
export const snapshot = z.object({
  agent: z.object({
    status: z.string(),
    nextStatus: z.string().nullable(),
    state: z.string(),
    since: z.string(),
  }),
  statuses: z.array(z.string()),
  contact: z
    .object({
      contactId: z.string(),
      phase: z.enum(["ringing", "connected", "wrap-up"]),
      queue: z.string().nullable(),
      startedAt: z.string(),
      since: z.string(),
      video: z.boolean(),
      held: z.boolean(),
      muted: z.boolean(),
      endedAt: z.string().nullable(),
      consultation: z
        .object({ as: z.enum(["asking", "asked"]), phase: z.enum(["ringing", "talking"]), with: z.string() })
        .nullable(),
      media: z.object({ meeting: anything, attendee: anything }).nullable(),
    })
    .nullable(),
  queues: z.array(
    z.object({ queueId: z.string(), name: z.string(), waiting: z.number(), since: z.string().nullable() }),
  ),
  transfers: z.array(
    z.object({ kind: z.enum(["queue", "agent"]), id: z.string(), name: z.string(), free: z.boolean() }),
  ),
});

/** The vendor's words for what an agent is at. */
const states: Record<string, Phone["agent"]["state"]> = {
  MissedCallAgent: "missed",
  PendingBusy: "ringing",
  Busy: "busy",
  AfterCallWork: "wrap-up",
};

export function toPhone({ agent, contact, ...rest }: z.output<typeof snapshot>): Phone {
  return {
    ...rest,
    agent: { ...agent, state: states[agent.state] ?? "free" },
    contact: contact && withJoin(contact),
  };
}

function withJoin({
  media,
  ...contact
}: NonNullable<z.output<typeof snapshot>["contact"]>): Phone["contact"] {
  const join = media && { meeting: toMeeting(media.meeting), attendee: toAttendee(media.attendee) };
  return { ...contact, join };
}
