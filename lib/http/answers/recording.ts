import { z } from "zod";
import { endReasons } from "@/lib/recordings/recording";
import { count, id } from "./common";

export const liveRecording = z
  .object({
    recordingId: id,
    withPicture: z.boolean().describe("Sound and picture; else sound alone."),
    state: z.enum(["asked", "recording", "over"]),
    reason: z.enum(endReasons).nullable().describe("Why it is over."),
    answered: z.boolean().describe("The reader asked for it, or has answered."),
    keptDays: count,
    settled: count.describe("How many of the call's recordings have been put away."),
  })
  .meta({ id: "LiveRecording" })
  .nullable()
  .describe("The newest. Null: none, or not the reader's to know.");
