import { z } from "zod";
import * as input from "./visit-inputs";

const sessionToken = input.sessionToken.optional();

/** What somebody inside a call does about its recording. */
export const recordingActs = z.discriminatedUnion("act", [
  z.object({ act: z.literal("ask"), sessionToken }),
  z.object({ act: z.enum(["agree", "refuse"]), recordingId: input.personId, sessionToken }),
  z.object({ act: z.literal("stop"), sessionToken }),
]);
