import { z } from "zod";
import { refreshCaller } from "@/lib/auth/refresh-caller";
import { accountRefusal } from "@/lib/http/account-refusal";
import { renewed } from "@/lib/http/answers/account";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import { ok } from "@/lib/kernel/result";

export const POST = endpoint({
  route: "POST /auth/refresh",
  summary: "New tokens for a refresh token (seed 3).",
  details: "The refresh token stays the same, unless the app client rotates it.",
  answer: renewed,
  refuses: [...refusals.signIn, "REFRESH_REFUSED"],
  body: z.object({ refresh_token: z.string().min(1).max(8192) }),
  refused: accountRefusal,
  run: async ({ deps, body, origin }) => {
    const renewed = await refreshCaller(deps, { refreshToken: body.refresh_token, origin });
    if (!renewed.ok) return renewed;
    const { accessToken, refreshToken, idToken, tokenType, expiresIn } = renewed.value;
    return ok({
      success: true,
      access_token: accessToken,
      refresh_token: refreshToken,
      id_token: idToken,
      token_type: tokenType,
      expires_in: expiresIn,
    });
  },
});
