import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import * as input from "@/lib/http/visit-inputs";
import { beginConnectionCheck } from "@/lib/visits/begin-connection-check";

const body = z.object({ link: z.enum(["join", "check"]), code: input.shortCode });

/** POST /api/connection: a meeting of its own for one check of the way to the media host. Opens no visit and spends no link. */
export const POST = endpoint({
  route: "POST /api/connection",
  body,
  status: 201,
  run: ({ deps, body, browserId, origin }) =>
    beginConnectionCheck(deps, { ...body, holder: browserId, origin }),
});
