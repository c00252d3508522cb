import { z } from "zod";
import { callTopics } from "@/lib/kernel/call-topic";
import { callbackPlaces } from "@/lib/kernel/callback-contact";
import { count, id, time } from "./common";

const topic = z.enum(callTopics).nullable().describe("What its customer said that it is about.");

export const ownCallbacks = z
  .object({
    open: z
      .object({
        callbackId: id,
        topic,
        state: z
          .enum(["asked", "due", "calling", "again"])
          .describe(
            "`asked`: its hour is to come. `due`: as soon as somebody is free. `calling`: somebody calls now. `again`: nobody answered; it is tried once more.",
          ),
        inTurn: z.boolean().describe("As soon as it is their turn; false: in the hour that was chosen."),
        from: time,
        until: time,
        agent: z.string().nullable().describe("The first name of the agent who calls now."),
      })
      .nullable(),
    last: z.enum(["missed", "expired"]).nullable().describe("Of the last day: why nobody spoke."),
    number: z.string().nullable().describe("The number on file, as its owner knows it. Null: none is."),
  })
  .meta({ id: "OwnCallbacks", description: "A customer's own callback: one at a time." });

export const deskCallbacks = z
  .object({
    waiting: z.array(
      z.object({
        callbackId: id,
        topic,
        askedAt: time,
        from: time,
        until: time,
        tries: count.describe("How often nobody answered."),
        place: z.enum(callbackPlaces),
      }),
    ),
    mine: z
      .object({
        callbackId: id,
        topic,
        takenAt: time,
        tries: count,
        firstName: z.string(),
        lastName: z.string(),
        phone: z.string().nullable(),
        locale: z.string(),
        verified: z.boolean().describe("Whoever answered told what their owner knows."),
        questionsLeft: count,
        hasAccount: z
          .boolean()
          .describe("Whether an account number is on file: without one nobody passes the questions."),
      })
      .nullable()
      .describe("The one that the signed-in agent has taken: only they read whom to call."),
  })
  .meta({ id: "DeskCallbacks", description: "Callbacks that wait for an agent." });
