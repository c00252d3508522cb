import type { Result } from "@/lib/kernel/result";

/** Tokens as Cognito issues them. Credentials: sealed at rest, never logged. `expiresIn` in seconds. */
export type Tokens = {
  accessToken: string;
  idToken: string;
  refreshToken: string;
  expiresIn: number;
  tokenType: "Bearer";
};
/** `totp`: sign-ins ask for a code of an authenticator app. Names as given at sign-up, "" for none. */
export type IdentityUser = {
  sub: string;
  username: string;
  email: string;
  emailVerified: boolean;
  firstName: string;
  lastName: string;
  totp: boolean;
};

/** `web` rotates refresh tokens (our own sessions), `api` is seed 3's. */
export type AppClient = "web" | "api";

/** Busy, or not to be reached: nothing was decided. Milliseconds. */
export type Away =
  | { code: "IDENTITY_THROTTLED"; retryAfterMs: number }
  | { code: "IDENTITY_UNAVAILABLE"; retryAfterMs: number }
  /** This installation has no accounts (seed 3's "Cognito not configured"). */
  | { code: "IDENTITY_NOT_CONFIGURED" };
/** Nothing was decided about whoever asks. */
export const isAway = (refusal: { code: string }): refusal is Away => refusal.code.startsWith("IDENTITY_");
export type IdentityRefusal =
  | { code: "CREDENTIALS_REFUSED" }
  | { code: "ACCOUNT_UNCONFIRMED" }
  | { code: "PASSWORD_RESET_REQUIRED" }
  | Away;
type SignUpRefusal =
  | { code: "EMAIL_INVALID" }
  | { code: "PASSWORD_WEAK" }
  /** For the owner of the address alone: no answer to a caller may tell it. */
  | { code: "ACCOUNT_EXISTS" }
  | Away;
/** A code that is wrong, too old, used or nobody's: all alike, and an address without an account too. */
export type CodeRefusal = { code: "CODE_REFUSED" } | { code: "PASSWORD_WEAK" } | Away;
export type ChallengeRefusal =
  | CodeRefusal
  /** The second step came too late, or was tried too often: begin again with the password. */
  | { code: "CHALLENGE_OVER" };

/** A second step that Cognito asks for, by its own name. `session` is opaque, short-lived and answered once; `username` goes with it. */
export type Challenge = { challenge: string; session: string; username: string };
export type ChallengeAnswer = { code: string } | { newPassword: string };
type SignInAnswer = { kind: "signed-in"; tokens: Tokens } | { kind: "challenge"; challenge: Challenge };

/** Amazon Cognito. Addresses are user names; their case is of no account. */
export type Identity = {
  signIn(request: {
    client: AppClient;
    email: string;
    password: string;
  }): Promise<Result<SignInAnswer, IdentityRefusal>>;
  /** `SOFTWARE_TOKEN_MFA` wants a code, `NEW_PASSWORD_REQUIRED` a new password. Throws on a challenge that we don't know. */
  answerChallenge(request: {
    client: AppClient;
    challenge: Challenge;
    answer: ChallengeAnswer;
  }): Promise<Result<SignInAnswer, ChallengeRefusal>>;
  refresh(request: { client: AppClient; refreshToken: string }): Promise<Result<Tokens, IdentityRefusal>>;
  revoke(request: { client: AppClient; refreshToken: string }): Promise<Result<void, IdentityRefusal>>;
  user(accessToken: string): Promise<Result<IdentityUser, IdentityRefusal>>;

  /** Open sign-up; a code goes to the address. A weak password is told before whether the address is taken. */
  signUp(request: {
    client: AppClient;
    email: string;
    password: string;
    firstName?: string;
    lastName?: string;
  }): Promise<Result<{ sub: string; confirmed: boolean }, SignUpRefusal>>;
  confirmSignUp(request: {
    client: AppClient;
    email: string;
    code: string;
  }): Promise<Result<void, CodeRefusal>>;
  /** No refusal says whether there is such an account. `sent` false: it is confirmed already, or was told too often; for its owner's sake alone. */
  resendCode(request: { client: AppClient; email: string }): Promise<Result<{ sent: boolean }, Away>>;
  /** Sends a code for a new password, if there is such an account; says nothing about that. */
  forgotPassword(request: { client: AppClient; email: string }): Promise<Result<void, Away>>;
  resetPassword(request: {
    client: AppClient;
    email: string;
    code: string;
    password: string;
  }): Promise<Result<void, CodeRefusal>>;
  changePassword(request: {
    accessToken: string;
    password: string;
    newPassword: string;
  }): Promise<Result<void, IdentityRefusal | { code: "PASSWORD_WEAK" }>>;

  /** A secret for an authenticator app, in base32. It counts for nothing until `finishTotp`. */
  beginTotp(accessToken: string): Promise<Result<{ secret: string }, IdentityRefusal>>;
  /** From now on sign-ins ask for a code. */
  finishTotp(request: {
    accessToken: string;
    code: string;
  }): Promise<Result<void, IdentityRefusal | CodeRefusal>>;
  stopTotp(accessToken: string): Promise<Result<void, IdentityRefusal>>;

  /** Every refresh token of theirs is dead, and every access token as far as Cognito is asked. */
  signOutEverywhere(accessToken: string): Promise<Result<void, IdentityRefusal>>;
  /** Administrative: the same, for an address. @returns its sub, or null where there is no such account. */
  endSignInsOf(email: string): Promise<Result<{ sub: string } | null, Away>>;
  /**
   * Administrative: makes an account be so, whatever it was; doing it again harms nobody. One that is not enabled is signed out everywhere and cannot
   * sign in; nor does a sign-in of before outlive a change of groups.
   */
  setStanding(request: {
    email: string;
    enabled: boolean;
    groups: readonly string[];
  }): Promise<Result<void, { code: "ACCOUNT_UNKNOWN" } | Away>>;
  /** Administrative: the account with this address, or null. */
  find(email: string): Promise<Result<IdentityUser | null, Away>>;
  /** Administrative: whether sign-ins ask for a code of the app that was set up. The app stays set up; one that never was cannot be asked for. */
  setTotp(request: { email: string; on: boolean }): Promise<Result<void, { code: "ACCOUNT_UNKNOWN" } | Away>>;
  /** Administrative: makes sure that a confirmed user with this password and these groups exists, its address proven (invitations, demo seed). @returns its sub. */
  ensureUser(request: {
    email: string;
    password: string;
    groups: readonly string[];
  }): Promise<Result<{ sub: string }, IdentityRefusal | { code: "PASSWORD_WEAK" }>>;
};
