import { z } from "zod";
import { finishSignIn } from "@/lib/auth/sign-in";
import { admitCaller } from "@/lib/auth/sign-in-caller";
import * as input from "@/lib/http/account-inputs";
import { accountRefusal } from "@/lib/http/account-refusal";
import { loggedIn } from "@/lib/http/answers/account";
import { challengeResponse } from "@/lib/http/challenge-response";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";

const session = z.string().min(1).max(8192);

export const POST = endpoint({
  route: "POST /auth/challenge",
  summary: "Completes the second step that a log-in asked for.",
  details: "`code` of an authenticator app, or the `new_password` that an invited person owes.",
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
  body: z.union([
    z.object({ session, code: input.code }),
    z.object({ session, new_password: input.password }),
  ]),
  refused: accountRefusal,
  run: async ({ deps, body, origin }) => {
    const answer = "code" in body ? { code: body.code } : { newPassword: body.new_password };
    const step = { client: "api", session: body.session, answer, origin } as const;
    return challengeResponse(await admitCaller(deps, origin, await finishSignIn(deps, step)));
  },
});
