import { readBearer } from "@/lib/auth/actor-from";
import { endpoint } from "@/lib/http/endpoint";
import { err, ok } from "@/lib/kernel/result";

/** GET /auth/me (seed 3): who an access token is. Cognito is asked too, so a login that was ended elsewhere is refused here. */
export const GET = endpoint({
  route: "GET /auth/me",
  refused: () => ({ success: false }),
  run: async ({ deps, request }) => {
    const token = readBearer(request.headers);
    if (token === null) return err({ code: "SIGN_IN_REQUIRED" });
    const verified = await deps.verifyAccessToken(token);
    if (!verified.ok) return verified;
    const user = await deps.identity.user(token);
    if (!user.ok)
      return user.error.code === "CREDENTIALS_REFUSED" ? err({ code: "ACCESS_TOKEN_INVALID" }) : user;
    const claims = verified.value;
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
