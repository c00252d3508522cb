import { z } from "zod";
import { connectionCheck } from "@/lib/http/answers/call";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import * as input from "@/lib/http/visit-inputs";
import { beginConnectionCheck } from "@/lib/visits/begin-connection-check";

const body = z.object({ link: z.enum(["join", "check"]), code: input.shortCode });

export const POST = endpoint({
  route: "POST /api/connection",
  summary: "Begins a meeting of its own for one check of the way to the media host.",
  details: "Opens no visit and spends no link.",
  answer: connectionCheck,
  refuses: [...refusals.link, ...refusals.closed, ...refusals.cloud, "CHECKS_LIMITED"],
  body,
  status: 201,
  run: ({ deps, body, browserId, origin }) =>
    beginConnectionCheck(deps, { ...body, holder: browserId, origin }),
});
