import { z } from "zod";
import { recordAudit } from "@/lib/audit/record";
import { signIn } from "@/lib/auth/sign-in";
import { endpoint } from "@/lib/http/endpoint";
import { problemResponse } from "@/lib/http/problem";
import type { Actor } from "@/lib/kernel/actor";
import { ok } from "@/lib/kernel/result";

/** POST /auth/login (seed 3): email and password for Cognito's own tokens, for callers of the API. */
export const POST = endpoint({
  route: "POST /auth/login",
  body: z.object({ email: z.string().min(1).max(320), password: z.string().min(1).max(256) }),
  refused: ({ code }) => ({
    success: false,
    ...(code === "CREDENTIALS_REFUSED" ? { message: "Incorrect email or password" } : {}),
  }),
  run: async ({ deps, body, origin }) => {
    const signedIn = await signIn(deps, { client: "api", ...body, origin });
    if (!signedIn.ok) {
      const refusal = signedIn.error;
      if (refusal.code !== "CHALLENGE") return { ok: false, error: refusal };
      // interfaces.md: the next step's name and Cognito's own session, for POST /auth/challenge.
      return problemResponse(
        { code: "SIGN_IN_CHALLENGE" },
        { extra: { success: false, ...refusal.challenge } },
      );
    }
    const { tokens, person, role } = signedIn.value;
    const user = await deps.identity.user(tokens.accessToken);
    if (!user.ok) return user;
    const actor: Actor =
      person && role
        ? { kind: "person", id: person.id, role, name: person.name, origin }
        : { kind: "anonymous", origin };
    await deps.db.asActor(actor, (tx) =>
      recordAudit(tx, { event: "SIGN_IN", actor, metadata: { client: "api" } }),
    );
    return ok({
      success: true,
      access_token: tokens.accessToken,
      refresh_token: tokens.refreshToken,
      id_token: tokens.idToken,
      token_type: tokens.tokenType,
      expires_in: tokens.expiresIn,
      user: {
        sub: user.value.sub,
        username: user.value.email,
        email: user.value.email,
        email_verified: user.value.emailVerified,
      },
    });
  },
});
