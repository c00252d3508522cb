import { z } from "zod";
import { tokenLook } from "@/lib/http/answers/links";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import * as input from "@/lib/http/visit-inputs";
import { lookAtToken } from "@/lib/visits/look-at-token";

const seedWords: Record<string, string> = {
  TOKEN_EXPIRED: "Token expired",
  TOKEN_REUSED: "Token already used",
};

export const POST = endpoint({
  route: "POST /api/token/redeem",
  summary: "What a token is good for (seed 4, 4); in spite of its name it spends nothing.",
  details: "Only POST …/start spends a link.",
  answer: tokenLook,
  refuses: [...refusals.link, ...refusals.closed],
  body: z.object({ token: input.joinToken }),
  refused: ({ code }) => ({ valid: false, ...(seedWords[code] ? { error: seedWords[code] } : {}) }),
  run: ({ deps, body, holder, origin }) => lookAtToken(deps, { token: body.token, holder, origin }),
});
