import { z } from "zod";
import { endpoint, isSignedIn } from "@/lib/http/endpoint";
import * as input from "@/lib/http/visit-inputs";
import { err } from "@/lib/kernel/result";
import { resendLink } from "@/lib/visits/resend-link";

/** POST /api/visits/:visitId/resend-link: staff with `role`, or whoever shows the old link. Goes only to the contact on file; 202. */
export const POST = endpoint({
  route: "POST /api/visits/[visitId]/resend-link",
  status: 202,
  body: z.object({
    role: input.party.optional(),
    token: input.joinToken.optional(),
    code: input.shortCode.optional(),
  }),
  run: async ({ deps, actor, body, params, origin, holder }) => {
    const visitId = params.visitId!;
    if (body.token) return resendLink(deps, { visitId, proof: { token: body.token }, holder, origin });
    if (body.code) return resendLink(deps, { visitId, proof: { code: body.code }, holder, origin });
    if (!isSignedIn(actor)) return err({ code: "SIGN_IN_REQUIRED" });
    return resendLink(deps, { visitId, actor, role: body.role ?? "patient" });
  },
});
