import { z } from "zod";
import { resetPassword } from "@/lib/accounts/reset-password";
import * as input from "@/lib/http/account-inputs";
import { accountRefusal } from "@/lib/http/account-refusal";
import { done } from "@/lib/http/answers/account";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import { requestLocale } from "@/lib/http/request-locale";
import { ok } from "@/lib/kernel/result";

export const POST = endpoint({
  route: "POST /auth/reset-password",
  summary: "Sets a new password by the code that was mailed.",
  details: "Every sign-in of before ends.",
  answer: done,
  refuses: [...refusals.identity, "CODE_REFUSED", "PASSWORD_WEAK", "ACCOUNT_LIMITED"],
  body: z.object({ email: input.email, confirmation_code: input.code, new_password: input.password }),
  refused: accountRefusal,
  run: async ({ deps, body, origin, request }) => {
    const { email, confirmation_code: code, new_password: password } = body;
    const locale = requestLocale(request.headers);
    const reset = await resetPassword(deps, { client: "api", email, code, password, locale, origin });
    return reset.ok ? ok({ success: true, message: "Password reset successfully" }) : reset;
  },
});
