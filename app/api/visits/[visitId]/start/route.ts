import { z } from "zod";
import { startedVisit } from "@/lib/http/answers/call";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import * as input from "@/lib/http/visit-inputs";
import { err } from "@/lib/kernel/result";
import { isUsState } from "@/lib/kernel/us-states";
import { confirmArrival } from "@/lib/visits/confirm-arrival";
import { startVisit } from "@/lib/visits/start-visit";
import { locales } from "@/messages/locales";

export const POST = endpoint({
  route: "POST /api/visits/[visitId]/start",
  summary: "Spends a join link and comes into the visit (seed 4, 5).",
  details:
    "A link is spent once, by one browser (its cookie) or one `Idempotency-Key`, which may repeat the call. `location` and `consent` are what our own page asks of a patient first.",
  answer: startedVisit,
  refuses: [
    ...refusals.closed,
    ...refusals.link,
    ...refusals.cloud,
    "VIDEO_DISABLED",
    "PATIENTS_ONLY",
    "CONSENT_REQUIRED",
    "CONSENT_OUTDATED",
    "NUMBER_NEEDED",
    "NOT_LICENSED_THERE",
    "CONTACT_REFUSED",
    "MEETING_FULL",
    "PARTY_REMOVED",
    "ANSWER_AT_DESK",
  ],
  body: z
    .object({
      token: input.joinToken.optional(),
      code: input.shortCode.optional(),
      deviceInfo: input.deviceInfo,
      // What our own page asks of a patient first; other callers may send it along.
      location: z
        .object({
          state: z.string().refine(isUsState, "Must be a state's two letters, like NY."),
          address: z.string().trim().max(200).optional(),
          callBack: input.typedPhone.optional(),
          emergencyContact: z
            .object({ name: z.string().trim().max(80), phone: z.string().trim().max(30) })
            .optional(),
        })
        .optional(),
      consent: z
        .object({ version: z.string().min(1).max(40), language: z.enum(locales).default("en") })
        .optional(),
    })
    .refine((body) => body.token !== undefined || body.code !== undefined, {
      path: ["token"],
      error: "Send the token of the link, or its code.",
    })
    .refine((body) => (body.location === undefined) === (body.consent === undefined), {
      path: ["consent"],
      error: "Send `location` and `consent` together, or neither.",
    }),
  run: async ({ deps, body, params, holder, origin }) => {
    if (deps.env.NEXT_PUBLIC_VIDEO_ENABLED === "false") return err({ code: "VIDEO_DISABLED" } as const);
    const common = { visitId: params.visitId!, holder, origin, deviceInfo: body.deviceInfo };
    const proof = body.token === undefined ? { code: body.code ?? "" } : { token: body.token };
    const { location, consent } = body;
    if (location && consent) {
      const { state, address = null, callBack = null, emergencyContact = null } = location;
      const details = { state, address, callBack, emergencyContact };
      const said = await confirmArrival(deps, { proof, holder, origin, consent, details });
      if (!said.ok) return said;
    }
    return startVisit(deps, { ...common, ...proof });
  },
});
