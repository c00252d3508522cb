import { z } from "zod";
import { readPrincipal } from "@/lib/auth/actor-from";
import { changePassword } from "@/lib/auth/change-password";
import * as input from "@/lib/http/account-inputs";
import { accountRefusal } from "@/lib/http/account-refusal";
import { endpoint } from "@/lib/http/endpoint";
import { requestLocale } from "@/lib/http/request-locale";
import { ok } from "@/lib/kernel/result";

/** POST /auth/change-password: by who holds an access token and knows the old one. Every other sign-in of theirs ends. */
export const POST = endpoint({
  route: "POST /auth/change-password",
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
