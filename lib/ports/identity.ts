import type { Result } from "@/lib/kernel/result";

/** Tokens as Cognito issues them. Credentials: sealed at rest, never logged. `expiresIn` in seconds. */
export type Tokens = {
  accessToken: string;
  idToken: string;
  refreshToken: string;
  expiresIn: number;
  tokenType: "Bearer";
};
export type IdentityUser = { sub: string; username: string; email: string; emailVerified: boolean };

export type IdentityRefusal =
  | { code: "CREDENTIALS_REFUSED" }
  | { code: "ACCOUNT_UNCONFIRMED" }
  | { code: "PASSWORD_RESET_REQUIRED" }
  | { code: "IDENTITY_THROTTLED"; retryAfterMs: number }
  | { code: "IDENTITY_UNAVAILABLE"; retryAfterMs: number };
/** A second step that Cognito asks for; `session` is opaque and short-lived. */
export type Challenge = { challenge: string; session: string };

/** Amazon Cognito. `client` chooses the app client: `web` rotates refresh tokens, `api` is seed 3's. */
export type Identity = {
  signIn(request: {
    client: "web" | "api";
    email: string;
    password: string;
  }): Promise<
    Result<
      { kind: "signed-in"; tokens: Tokens } | { kind: "challenge"; challenge: Challenge },
      IdentityRefusal
    >
  >;
  refresh(request: {
    client: "web" | "api";
    username: string;
    refreshToken: string;
  }): Promise<Result<Tokens, IdentityRefusal>>;
  revoke(request: { client: "web" | "api"; refreshToken: string }): Promise<Result<void, IdentityRefusal>>;
  user(accessToken: string): Promise<Result<IdentityUser, IdentityRefusal>>;
  /** Administrative: makes sure that a confirmed user with this password and these groups exists (demo seed, tests). @returns its sub. */
  ensureUser(request: {
    email: string;
    password: string;
    groups: readonly string[];
  }): Promise<Result<{ sub: string }, IdentityRefusal>>;
};
