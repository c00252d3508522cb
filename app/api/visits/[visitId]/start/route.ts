import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import * as input from "@/lib/http/visit-inputs";
import { err } from "@/lib/kernel/result";
import { startVisit } from "@/lib/visits/start-visit";

/** POST /api/visits/:visitId/start: the HTTP face of start-visit, the only use case that spends a join link (seed 4, 5). */
export const POST = endpoint({
  route: "POST /api/visits/[visitId]/start",
  body: z
    .object({
      token: input.joinToken.optional(),
      code: input.shortCode.optional(),
      deviceInfo: input.deviceInfo,
    })
    .refine((body) => body.token !== undefined || body.code !== undefined, {
      path: ["token"],
      error: "Send the token of the link, or its code.",
    }),
  run: async ({ deps, body, params, holder, origin }) => {
    if (deps.env.NEXT_PUBLIC_VIDEO_ENABLED === "false") return err({ code: "VIDEO_DISABLED" });
    const common = { visitId: params.visitId!, holder, origin, deviceInfo: body.deviceInfo };
    return body.token === undefined
      ? startVisit(deps, { ...common, code: body.code ?? "" })
      : startVisit(deps, { ...common, token: body.token });
  },
});
