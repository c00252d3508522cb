import { z } from "zod";
import { forgotPassword } from "@/lib/accounts/reset-password";
import * as input from "@/lib/http/account-inputs";
import { accountRefusal } from "@/lib/http/account-refusal";
import { done } from "@/lib/http/answers/account";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import { ok } from "@/lib/kernel/result";

export const POST = endpoint({
  route: "POST /auth/forgot-password",
  summary: "Mails a code for a new password, if there is such an account.",
  answer: done,
  refuses: [...refusals.identity, "ACCOUNT_LIMITED"],
  body: z.object({ email: input.email }),
  refused: accountRefusal,
  run: async ({ deps, body, origin }) => {
    const sent = await forgotPassword(deps, { client: "api", ...body, origin });
    return sent.ok ? ok({ success: true, message: "If there is such an account, a code was sent" }) : sent;
  },
});
