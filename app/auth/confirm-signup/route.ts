import { z } from "zod";
import { confirmSignUp } from "@/lib/accounts/confirm-sign-up";
import * as input from "@/lib/http/account-inputs";
import { accountRefusal } from "@/lib/http/account-refusal";
import { done } from "@/lib/http/answers/account";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import { ok } from "@/lib/kernel/result";

export const POST = endpoint({
  route: "POST /auth/confirm-signup",
  summary: "Confirms an address by the code that was mailed (seed 3).",
  answer: done,
  refuses: [...refusals.identity, "CODE_REFUSED", "PASSWORD_WEAK", "ACCOUNT_LIMITED"],
  body: z.object({ email: input.email, confirmation_code: input.code }),
  refused: accountRefusal,
  run: async ({ deps, body, origin }) => {
    const { email, confirmation_code: code } = body;
    const confirmed = await confirmSignUp(deps, { client: "api", email, code, origin });
    return confirmed.ok ? ok({ success: true, message: "User confirmed successfully" }) : confirmed;
  },
});
