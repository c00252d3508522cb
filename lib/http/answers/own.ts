import { z } from "zod";
import { dayParts } from "@/lib/kernel/time-wish";
import { count, cursor, id, time, visitStatus } from "./common";

const ownVisit = z
  .object({
    visitId: id,
    status: visitStatus,
    scheduledAt: time,
    duration: count.describe("Planned minutes."),
    expiresAt: time.describe("The last moment to join."),
    doorOpensAt: time.describe("From then on the patient's page opens the door."),
    clinician: z.string().describe("Title and first name."),
    startedAt: time.nullable(),
    endedAt: time.nullable(),
    lastedMinutes: count.nullable().describe("From first to last, once it is over."),
    lateMinutes: count.nullable().describe("Running late: by how many minutes."),
    lateUntil: time.nullable(),
    check: z
      .object({ at: time, fine: z.boolean() })
      .nullable()
      .describe("The newest device check; null: not tried yet."),
    request: z
      .object({
        kind: z.enum(["move", "cancel"]),
        wishes: z.array(z.object({ day: z.iso.date(), part: z.enum(dayParts) })),
        words: z.string().nullable().describe("What the patient said with it."),
        askedAt: time,
        outcome: z
          .enum(["moved", "cancelled", "declined"])
          .nullable()
          .describe("Null: it waits for an answer."),
        answer: z.string().nullable().describe("What the clinic said to it."),
      })
      .nullable()
      .describe("What the patient asked last about this visit."),
  })
  .meta({ id: "OwnVisit", description: "A visit as its patient sees it." });

export const ownVisits = z.object({
  coming: z.array(ownVisit).describe("To come, the next one first; on the first page alone."),
  past: z.array(ownVisit).describe("Over, the newest first."),
  nextCursor: cursor,
});
