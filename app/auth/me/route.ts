import { principalRefusals, readPrincipal } from "@/lib/auth/actor-from";
import { accountRefusal } from "@/lib/http/account-refusal";
import { me } from "@/lib/http/answers/account";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import { err, ok } from "@/lib/kernel/result";

export const GET = endpoint({
  route: "GET /auth/me",
  summary: "Who an access token is (seed 3).",
  details: "Cognito is asked too, so a login that was ended elsewhere is refused here.",
  answer: me,
  refuses: [...principalRefusals, ...refusals.signIn],
  refused: accountRefusal,
  run: async ({ deps, request }) => {
    const proof = await readPrincipal(deps, request.headers);
    if (!proof.ok) return proof;
    const { token, principal: claims } = proof.value;
    const user = await deps.identity.user(token);
    if (!user.ok)
      return user.error.code === "CREDENTIALS_REFUSED" ? err({ code: "ACCESS_TOKEN_INVALID" }) : user;
    return ok({
      success: true,
      user: {
        sub: claims.sub,
        username: user.value.email,
        email: user.value.email,
        email_verified: user.value.emailVerified,
        token_use: "access",
        scope: claims.scope.join(" "),
        auth_time: claims.authTime,
        iat: claims.issuedAt,
        exp: claims.expiresAt,
      },
    });
  },
});
