import { z } from "zod";
import { signIn } from "@/lib/auth/sign-in";
import { admitCaller } from "@/lib/auth/sign-in-caller";
import * as input from "@/lib/http/account-inputs";
import { accountRefusal } from "@/lib/http/account-refusal";
import { loggedIn } from "@/lib/http/answers/account";
import { challengeResponse } from "@/lib/http/challenge-response";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";

export const POST = endpoint({
  route: "POST /auth/login",
  summary: "Email and password for Cognito's own tokens (seed 3).",
  details:
    "Where a second step is owed: 401 `SIGN_IN_CHALLENGE` with `challenge` and `session`, which POST /auth/challenge completes.",
  answer: loggedIn,
  refuses: [
    ...refusals.signIn,
    "CODE_REFUSED",
    "PASSWORD_WEAK",
    "CHALLENGE_OVER",
    "SIGN_IN_LIMITED",
    "SECOND_STEP_REQUIRED",
    "SIGN_IN_CHALLENGE",
  ],
  body: z.object({ email: input.email, password: input.password }),
  refused: accountRefusal,
  run: async ({ deps, body, origin }) =>
    challengeResponse(
      await admitCaller(deps, origin, await signIn(deps, { client: "api", ...body, origin })),
    ),
});
