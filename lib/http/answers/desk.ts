import { z } from "zod";
import { callTopics } from "@/lib/kernel/call-topic";
import { doubts, questions } from "@/lib/kernel/caller-proof";
import { count, id, time } from "./common";

const contactId = z.string().min(1).max(256);
export const outcome = z.enum(["solved", "follow-up", "passed-on", "no-answer"]);
const place = z.record(z.string(), z.unknown());

export const phone = z
  .object({
    agent: z.object({
      status: z.string().describe("As the agent chose: at `Available` calls ring."),
      nextStatus: z.string().nullable().describe("Chosen while at work, for afterwards."),
      state: z.enum(["free", "missed", "ringing", "busy", "wrap-up"]),
      since: time,
    }),
    statuses: z.array(z.string()),
    contact: z
      .object({
        contactId,
        phase: z.enum(["ringing", "connected", "wrap-up"]),
        queue: z.string().nullable().describe("Null: for this agent alone."),
        startedAt: time,
        since: time.describe("Of the phase."),
        video: z.boolean(),
        held: z.boolean(),
        muted: z.boolean(),
        endedAt: time.nullable(),
        consultation: z
          .object({
            as: z.enum(["asking", "asked"]),
            phase: z.enum(["ringing", "talking"]),
            with: z.string().describe("The other one, or a queue."),
          })
          .nullable()
          .describe("A colleague is asked about the call while its caller is on hold."),
        join: z
          .object({ meeting: place, attendee: place })
          .nullable()
          .describe("For the Chime SDK; a credential of this agent's."),
      })
      .nullable(),
    queues: z.array(
      z.object({
        queueId: z.string(),
        name: z.string(),
        waiting: count,
        since: time.nullable().describe("Of whoever waits longest."),
      }),
    ),
    transfers: z.array(
      z.object({ kind: z.enum(["queue", "agent"]), id: z.string(), name: z.string(), free: z.boolean() }),
    ),
  })
  .meta({
    id: "Phone",
    description: "What is at an agent's desk. Who is calling stands behind the contact.",
  });

export const deskNews = z.object({
  now: time,
  phone: phone.nullable().describe("Null: the contact centre is not reached."),
});

const caller = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("customer"),
    number: z.string().nullable().describe("In the clinic's own book."),
    firstName: z.string(),
    lastName: z.string(),
    tier: z.string(),
    customerSince: time,
    locale: z.string(),
    proof: z.discriminatedUnion("by", [
      z.object({
        by: z.literal("sign-in"),
        at: time.describe("When the proof that came with this call was used up."),
        signedInAt: time,
        secondStep: z.boolean().describe("Signing in took more than a password."),
        site: z.string().nullable().describe("The registered site that says so. Null: they signed in here."),
      }),
      z.object({
        by: z.literal("questions"),
        at: time,
        agent: z.string().describe("Who asked."),
        asked: z.array(z.enum(questions)),
      }),
    ]),
  }),
  z.object({
    kind: z.literal("visit"),
    visitId: id,
    firstName: z.string(),
    lastName: z.string(),
    locale: z.string(),
    clinician: z.string(),
    scheduledAt: time,
  }),
  z.object({
    kind: z.literal("unknown"),
    account: z
      .enum(["matched", "shared", "not-matched", "none"])
      .describe("Of the number that they typed. It tells apart, or is a household's; it proves nothing."),
    doubt: z.enum(doubts).describe("Why they are not verified."),
    questionsLeft: count.describe("Tries at the security questions that this call still has."),
  }),
]);

export const callerShown = z.object({
  contactId,
  caller,
  topic: z.enum(callTopics).nullable().describe("What its caller chose beforehand. It proves nothing."),
  history: z.array(
    z.object({
      callId: id,
      at: time,
      talkedSeconds: count.nullable().describe("Null: nobody answered."),
      verified: z.boolean(),
      outcome: outcome.nullable(),
      notes: z.string().nullable(),
      rating: z
        .object({ stars: z.number().int().min(1).max(5), words: z.string().nullable() })
        .nullable()
        .describe("How it was for its caller."),
    }),
  ),
  noted: z.object({ notes: z.string(), outcome: outcome.nullable(), savedAt: time.nullable() }),
});

export const actNoted = z.object({
  contactId,
  act: z.enum([
    "accept",
    "hold",
    "resume",
    "transfer",
    "consult",
    "hand-over",
    "take-back",
    "hang-up",
    "finish",
  ]),
});

export const notesKept = z.object({ contactId, savedAt: time });

export const questionsAsked = z.object({
  passed: z.boolean().describe("All answers fit one record, and no other."),
  left: count.describe("How many more tries this call has."),
  several: z.boolean().describe("The answers fit more than one person: one more answer may tell which."),
});
