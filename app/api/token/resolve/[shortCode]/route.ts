import { endpoint } from "@/lib/http/endpoint";
import { resolveShortCode } from "@/lib/visits/resolve-short-code";

/** GET /api/token/resolve/:shortCode: the token behind a code (seed 4), for callers of the API; our own pages never ask. */
export const GET = endpoint({
  route: "GET /api/token/resolve/[shortCode]",
  run: ({ deps, params, origin }) => resolveShortCode(deps, { code: params.shortCode!.slice(0, 64), origin }),
});
