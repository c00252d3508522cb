import { resolvedCode } from "@/lib/http/answers/links";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import { resolveShortCode } from "@/lib/visits/resolve-short-code";

export const GET = endpoint({
  route: "GET /api/token/resolve/[shortCode]",
  summary: "The token behind the code of a short link (seed 4).",
  details: "The answer holds a credential.",
  answer: resolvedCode,
  refuses: [...refusals.link],
  run: ({ deps, params, origin }) => resolveShortCode(deps, { code: params.shortCode!.slice(0, 64), origin }),
});
