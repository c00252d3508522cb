import { z } from "zod";
import { resendCode } from "@/lib/accounts/confirm-sign-up";
import * as input from "@/lib/http/account-inputs";
import { accountRefusal } from "@/lib/http/account-refusal";
import { done } from "@/lib/http/answers/account";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import { ok } from "@/lib/kernel/result";

export const POST = endpoint({
  route: "POST /auth/resend-code",
  summary: "Mails the sign-up's code anew, if there is an account that waits for it.",
  answer: done,
  refuses: [...refusals.identity, "ACCOUNT_LIMITED"],
  body: z.object({ email: input.email }),
  refused: accountRefusal,
  run: async ({ deps, body, origin }) => {
    const sent = await resendCode(deps, { client: "api", ...body, origin });
    return sent.ok
      ? ok({ success: true, message: "If this account waits for a code, a new one was sent" })
      : sent;
  },
});
