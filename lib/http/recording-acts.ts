import { z } from "zod";
import * as input from "./visit-inputs";

const sessionToken = input.sessionToken.optional();
const ask = z.object({ act: z.literal("ask"), sessionToken });
const answer = z.object({ act: z.enum(["agree", "refuse"]), recordingId: input.personId, sessionToken });
const stop = z.object({ act: z.literal("stop"), sessionToken });

/** What somebody inside a room does about its recording. */
export const roomRecordingActs = z.discriminatedUnion("act", [ask, answer, stop]);
/** Likewise in a visit, which has a picture. */
export const visitRecordingActs = z.discriminatedUnion("act", [
  ask.extend({
    withPicture: z.boolean().default(false).describe("Sound and picture; else sound alone."),
  }),
  answer,
  stop,
]);
