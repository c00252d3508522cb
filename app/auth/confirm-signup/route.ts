import { z } from "zod";
import { confirmSignUp } from "@/lib/accounts/confirm-sign-up";
import * as input from "@/lib/http/account-inputs";
import { accountRefusal } from "@/lib/http/account-refusal";
import { endpoint } from "@/lib/http/endpoint";
import { ok } from "@/lib/kernel/result";

/** POST /auth/confirm-signup (seed 3): the code that was mailed. */
export const POST = endpoint({
  route: "POST /auth/confirm-signup",
  body: z.object({ email: input.email, confirmation_code: input.code }),
  refused: accountRefusal,
  run: async ({ deps, body, origin }) => {
    const { email, confirmation_code: code } = body;
    const confirmed = await confirmSignUp(deps, { client: "api", email, code, origin });
    return confirmed.ok ? ok({ success: true, message: "User confirmed successfully" }) : confirmed;
  },
});
