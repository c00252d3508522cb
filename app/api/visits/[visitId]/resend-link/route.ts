import { z } from "zod";
import { resent } from "@/lib/http/answers/links";
import { endpoint, isSignedIn } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import * as input from "@/lib/http/visit-inputs";
import { err } from "@/lib/kernel/result";
import { resendLink } from "@/lib/visits/resend-link";

export const POST = endpoint({
  route: "POST /api/visits/[visitId]/resend-link",
  summary: "Sends a new link to the contact on file, and nowhere else.",
  details:
    "Staff say `role`; anybody else shows the old link, as its token or its code. At most three an hour.",
  answer: resent,
  refuses: [
    ...refusals.visit,
    ...refusals.closed,
    ...refusals.link,
    "VISIT_WINDOW_CLOSED",
    "NO_CONTACT",
    "GUEST_UNKNOWN",
    "RESEND_LIMITED",
    "SIGN_IN_REQUIRED",
  ],
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
    if (!isSignedIn(actor)) return err({ code: "SIGN_IN_REQUIRED" } as const);
    return resendLink(deps, { visitId, actor, role: body.role ?? "patient" });
  },
});
