import { z } from "zod";
import { recoverSignIn } from "@/lib/auth/recover-sign-in";
import { finishSignIn } from "@/lib/auth/sign-in";
import { admitCaller } from "@/lib/auth/sign-in-caller";
import * as input from "@/lib/http/account-inputs";
import { accountRefusal } from "@/lib/http/account-refusal";
import { loggedIn } from "@/lib/http/answers/account";
import { challengeResponse } from "@/lib/http/challenge-response";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import { requestLocale } from "@/lib/http/request-locale";

const session = z.string().min(1).max(8192);

export const POST = endpoint({
  route: "POST /auth/challenge",
  summary: "Completes the second step that a log-in asked for.",
  details:
    "`code` of an authenticator app, the `new_password` that an invited person owes, or, without the app, one `recovery_code` and the password once more.",
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
    z.object({ session, recovery_code: input.recoveryCode, password: input.password }),
  ]),
  refused: accountRefusal,
  run: async ({ deps, body, origin, request }) => {
    const step = { client: "api", session: body.session, origin } as const;
    const signedIn =
      "recovery_code" in body
        ? recoverSignIn(deps, {
            ...step,
            password: body.password,
            code: body.recovery_code,
            locale: requestLocale(request.headers),
          })
        : finishSignIn(deps, {
            ...step,
            answer: "code" in body ? { code: body.code } : { newPassword: body.new_password },
          });
    return challengeResponse(await admitCaller(deps, origin, await signedIn));
  },
});
