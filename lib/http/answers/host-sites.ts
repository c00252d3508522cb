import { z } from "zod";
import { callTopics } from "@/lib/kernel/call-topic";
import { id, time } from "./common";

export const handoverMade = z
  .object({
    handover: z
      .string()
      .describe(
        "A credential: for the page that asked, which gives it to `<vouchsafe-call>`. Never in an address.",
      ),
    expiresAt: time,
  })
  .meta({ id: "Handover", description: "Good once, for a minute, for a page of that origin." });

export const hostSession = z
  .object({
    session: z.string().describe("A credential: the Bearer of the calls that follow, and of nothing else."),
    expiresAt: time,
    name: z.string().describe("Of the customer."),
    site: z.string().describe("Where they signed in."),
    signedInAt: time.describe("As that site says."),
    open: z
      .object({ callId: id, topic: z.enum(callTopics).nullable() })
      .nullable()
      .describe("Their call from that site that is under way."),
  })
  .meta({ id: "HostSession" });
