import { z } from "zod";
import { forgotPassword } from "@/lib/accounts/reset-password";
import * as input from "@/lib/http/account-inputs";
import { accountRefusal } from "@/lib/http/account-refusal";
import { endpoint } from "@/lib/http/endpoint";
import { ok } from "@/lib/kernel/result";

/** POST /auth/forgot-password: a code for a new password, by mail, if there is such an account. */
export const POST = endpoint({
  route: "POST /auth/forgot-password",
  body: z.object({ email: input.email }),
  refused: accountRefusal,
  run: async ({ deps, body, origin }) => {
    const sent = await forgotPassword(deps, { client: "api", ...body, origin });
    return sent.ok ? ok({ success: true, message: "If there is such an account, a code was sent" }) : sent;
  },
});
