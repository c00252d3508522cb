import { z } from "zod";
import { signUp } from "@/lib/accounts/sign-up";
import * as input from "@/lib/http/account-inputs";
import { accountRefusal } from "@/lib/http/account-refusal";
import { signedUp } from "@/lib/http/answers/account";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import { requestLocale } from "@/lib/http/request-locale";
import { ok } from "@/lib/kernel/result";

export const POST = endpoint({
  route: "POST /auth/signup",
  summary: "Makes an account for a customer (seed 3).",
  details: "An address that has one gets the same answer, and its owner a mail.",
  answer: signedUp,
  refuses: [...refusals.identity, "ACCOUNT_LIMITED", "EMAIL_INVALID", "PASSWORD_WEAK"],
  body: z.object({
    email: input.email,
    password: input.password,
    first_name: input.name,
    last_name: input.name,
  }),
  status: 201,
  refused: accountRefusal,
  run: async ({ deps, body, origin, request }) => {
    const { email, password, first_name: firstName, last_name: lastName } = body;
    const locale = requestLocale(request.headers);
    const made = await signUp(deps, { client: "api", email, password, firstName, lastName, locale, origin });
    if (!made.ok) return made;
    return ok({
      success: true,
      message: "User registered successfully",
      user_sub: made.value.userSub,
      confirmation_required: true,
    });
  },
});
