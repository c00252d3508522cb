import { z } from "zod";
import { signIn } from "@/lib/auth/sign-in";
import { admitCaller } from "@/lib/auth/sign-in-caller";
import * as input from "@/lib/http/account-inputs";
import { accountRefusal } from "@/lib/http/account-refusal";
import { challengeResponse } from "@/lib/http/challenge-response";
import { endpoint } from "@/lib/http/endpoint";

/** POST /auth/login (seed 3): email and password for Cognito's own tokens, for callers of the API. */
export const POST = endpoint({
  route: "POST /auth/login",
  body: z.object({ email: input.email, password: input.password }),
  refused: accountRefusal,
  run: async ({ deps, body, origin }) =>
    challengeResponse(
      await admitCaller(deps, origin, await signIn(deps, { client: "api", ...body, origin })),
    ),
});
