import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import * as input from "@/lib/http/visit-inputs";
import { err } from "@/lib/kernel/result";
import { isUsState } from "@/lib/kernel/us-states";
import { confirmArrival } from "@/lib/visits/confirm-arrival";
import { startVisit } from "@/lib/visits/start-visit";
import { locales } from "@/messages/locales";

/** POST /api/visits/:visitId/start: the HTTP face of start-visit, the only use case that spends a join link (seed 4, 5). */
export const POST = endpoint({
  route: "POST /api/visits/[visitId]/start",
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
    if (deps.env.NEXT_PUBLIC_VIDEO_ENABLED === "false") return err({ code: "VIDEO_DISABLED" });
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
