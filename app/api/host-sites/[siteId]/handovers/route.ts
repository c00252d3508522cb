import { z } from "zod";
import { handOver } from "@/lib/host-sites/hand-over";
import { readOriginOf } from "@/lib/host-sites/origins";
import { handoverMade } from "@/lib/http/answers/host-sites";
import { endpoint } from "@/lib/http/endpoint";
import { err } from "@/lib/kernel/result";

const body = z.object({
  origin: z
    .string()
    .max(300)
    .describe("Of the page that holds the call, as the site was registered with.")
    .meta({ examples: ["https://bank.example"] }),
  customer: z
    .string()
    .trim()
    .min(1)
    .max(64)
    .describe("The customer's number in the clinic's own book.")
    .meta({ examples: ["12345"] }),
  signedInAt: z.iso
    .datetime({ offset: true })
    .describe("When they signed in at the site: the agent reads it."),
  secondStep: z.boolean().default(false).describe("Signing in there took more than a password."),
});

export const POST = endpoint({
  route: "POST /api/host-sites/[siteId]/handovers",
  summary: "A registered site's server hands over a customer who is signed in there.",
  details:
    "For the site's own server, with a key of scope `handovers`. The answer goes to the page that holds `<vouchsafe-call>`, which shows it to us within a minute. The agent reads who vouched: the site, by its name, and when.",
  answer: handoverMade,
  status: 201,
  refuses: [
    "SIGN_IN_REQUIRED",
    "SITE_UNKNOWN",
    "SITE_SUSPENDED",
    "ORIGIN_NOT_LISTED",
    "CUSTOMER_UNKNOWN",
    "SIGN_IN_IN_FUTURE",
    "SESSION_TOO_OLD",
  ],
  body,
  run: async ({ deps, actor, params, body }) => {
    if (actor.kind !== "api-key" && actor.kind !== "person") return err({ code: "SIGN_IN_REQUIRED" });
    return handOver(deps, {
      actor,
      siteId: params.siteId ?? "",
      origin: readOriginOf(body.origin) ?? "",
      customer: body.customer,
      signedInAt: new Date(body.signedInAt),
      secondStep: body.secondStep,
    });
  },
});
