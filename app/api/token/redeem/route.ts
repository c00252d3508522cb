import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import * as input from "@/lib/http/visit-inputs";
import { lookAtToken } from "@/lib/visits/look-at-token";

const seedWords: Record<string, string> = {
  TOKEN_EXPIRED: "Token expired",
  TOKEN_REUSED: "Token already used",
};

/** POST /api/token/redeem: what a token is good for (seed 4, 4). In spite of its name it spends nothing; only POST …/start does. */
export const POST = endpoint({
  route: "POST /api/token/redeem",
  body: z.object({ token: input.joinToken }),
  refused: ({ code }) => ({ valid: false, ...(seedWords[code] ? { error: seedWords[code] } : {}) }),
  run: ({ deps, body, holder, origin }) => lookAtToken(deps, { token: body.token, holder, origin }),
});
