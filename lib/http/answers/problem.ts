import { z } from "zod";
import { problemCodes } from "@/lib/http/refusal-words";
import { time } from "./common";
import { dateRefusals } from "./dates";

/** What every refusal is. A seed's own members stand beside these. */
export const problem = z
  .looseObject({
    type: z.string().describe("`urn:vouchsafe:problem:` and the code in small letters."),
    title: z.string().describe("What happened, in the language that `Accept-Language` asks for."),
    status: z.number().int(),
    detail: z.string().describe("What to do about it."),
    code: z.enum(problemCodes).describe("For programs: the same in every language, and for good."),
    error: z.string().describe("The seeds' name for `code`, or their words where they have some."),
    message: z.string().describe("The seeds' name for `title`."),
    action: z
      .enum(["REQUEST_NEW_LINK", "RETRY", "SIGN_IN"])
      .optional()
      .describe("The next step, for programs."),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .describe("Of INPUT_INVALID: each field that is not right."),
    dates: z
      .array(z.object({ scheduledAt: time, refusals: dateRefusals }))
      .optional()
      .describe("Of SERIES_DATES_REFUSED: each date that cannot be, and why."),
    requestId: z.string().optional().describe("Also in the header `x-request-id`; our log knows it."),
  })
  .meta({ id: "Problem", description: "RFC 9457, Problem Details for HTTP APIs." });
