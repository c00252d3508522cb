import { z } from "zod";
import { principalRefusals, readPrincipal } from "@/lib/auth/actor-from";
import { changePassword } from "@/lib/auth/change-password";
import * as input from "@/lib/http/account-inputs";
import { accountRefusal } from "@/lib/http/account-refusal";
import { done } from "@/lib/http/answers/account";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import { requestLocale } from "@/lib/http/request-locale";
import { ok } from "@/lib/kernel/result";

export const POST = endpoint({
  route: "POST /auth/change-password",
  summary: "Changes the password, for who knows the old one.",
  details: "Every other sign-in ends.",
  answer: done,
  refuses: [...principalRefusals, ...refusals.signIn, "PASSWORD_WEAK", "SIGN_IN_LIMITED"],
  body: z.object({ previous_password: input.password, new_password: input.password }),
  refused: accountRefusal,
  run: async ({ deps, request, actor, origin, body }) => {
    const proof = await readPrincipal(deps, request.headers);
    if (!proof.ok) return proof;
    const { token: accessToken, principal } = proof.value;
    const changed = await changePassword(deps, {
      actor,
      origin,
      sub: principal.sub,
      accessToken,
      own: { originJti: principal.originJti },
      password: body.previous_password,
      newPassword: body.new_password,
      locale: requestLocale(request.headers),
    });
    return changed.ok ? ok({ success: true, message: "Password changed successfully" }) : changed;
  },
});
