import { randomUUID } from "node:crypto";
import { err, ok } from "@/lib/kernel/result";
import type { Challenge, Identity } from "@/lib/ports/identity";
import type { VerifyAccessToken } from "./verify-access-token";

type Account = {
  sub: string;
  email: string;
  groups: string[];
  firstName?: string;
  lastName?: string;
  confirmed?: boolean;
  totp?: boolean;
  disabled?: boolean;
};
const password = "Correct-Horse-1!";
/** Every code that this Cognito sends or asks for. */
const rightCode = "123456";

/** Cognito in memory. Every account has one password; a token says its account and its sign-in in three parts, and is signed by nobody. */
export function memoryIdentity() {
  const accounts = new Map<string, Account>();
  const state = {
    accounts,
    password,
    refreshes: true,
    revoked: [] as string[],
    /** Codes that went out: `what address`. */
    mails: [] as string[],
    tokenSeconds: 3600,
  };
  const ended = new Set<string>();
  const tokensOf = ({ email }: Account, originJti: string = randomUUID()) => {
    const text = `a.${Buffer.from(JSON.stringify({ email, originJti })).toString("base64url")}.c`;
    return {
      accessToken: text,
      idToken: text,
      refreshToken: `r-${email} ${originJti}`,
      expiresIn: state.tokenSeconds,
      tokenType: "Bearer" as const,
    };
  };
  const read = (token: string) => {
    try {
      const said = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
      const account = accounts.get(said.email);
      return account && { ...account, originJti: String(said.originJti) };
    } catch {
      return undefined;
    }
  };
  const refused = err({ code: "CREDENTIALS_REFUSED" } as const);
  const badCode = err({ code: "CODE_REFUSED" } as const);

  const identity: Identity = {
    signIn: async ({ email, password: given }) => {
      const account = accounts.get(email);
      if (!account || account.disabled || given !== state.password) return refused;
      if (account.confirmed === false) return err({ code: "ACCOUNT_UNCONFIRMED" });
      if (!account.totp) return ok({ kind: "signed-in", tokens: tokensOf(account) });
      const challenge: Challenge = {
        challenge: "SOFTWARE_TOKEN_MFA",
        session: randomUUID(),
        username: account.email,
      };
      return ok({ kind: "challenge", challenge });
    },
    answerChallenge: async ({ challenge, answer }) => {
      const account = accounts.get(challenge.username);
      if (!account) return err({ code: "CHALLENGE_OVER" });
      if (!("code" in answer) || answer.code !== rightCode) return badCode;
      return ok({ kind: "signed-in", tokens: tokensOf(account) });
    },
    refresh: async ({ refreshToken }) => {
      const [email = "", originJti] = refreshToken.slice(2).split(" ");
      const account = accounts.get(email);
      return state.refreshes && account ? ok(tokensOf(account, originJti)) : refused;
    },
    revoke: async ({ refreshToken }) => {
      state.revoked.push(refreshToken);
      return ok(undefined);
    },
    user: async (token) => {
      const account = read(token);
      if (!account || ended.has(account.sub)) return refused;
      const { sub, email, firstName = "", lastName = "", totp = false } = account;
      return ok({ sub, username: sub, email, emailVerified: true, firstName, lastName, totp });
    },
    signUp: async ({ email, password: given, firstName, lastName }) => {
      if (given.length < 8) return err({ code: "PASSWORD_WEAK" });
      if (accounts.has(email)) return err({ code: "ACCOUNT_EXISTS" });
      const sub = randomUUID();
      accounts.set(email, { sub, email, groups: [], confirmed: false, firstName, lastName });
      state.mails.push(`sign-up ${email}`);
      return ok({ sub, confirmed: false });
    },
    confirmSignUp: async ({ email, code }) => {
      const account = accounts.get(email);
      if (account?.confirmed !== false || code !== rightCode) return badCode;
      account.confirmed = true;
      return ok(undefined);
    },
    resendCode: async ({ email }) => {
      const sent = accounts.get(email)?.confirmed === false;
      if (sent) state.mails.push(`sign-up ${email}`);
      return ok({ sent });
    },
    forgotPassword: async ({ email }) => {
      if (accounts.has(email)) state.mails.push(`password ${email}`);
      return ok(undefined);
    },
    resetPassword: async ({ email, code }) =>
      accounts.has(email) && code === rightCode ? ok(undefined) : badCode,
    changePassword: async ({ accessToken, password: given, newPassword }) => {
      if (!read(accessToken) || given !== state.password) return refused;
      return newPassword.length < 8 ? err({ code: "PASSWORD_WEAK" }) : ok(undefined);
    },
    beginTotp: async (token) => (read(token) ? ok({ secret: "MFRGGZDFMZTWQ2LK" }) : refused),
    finishTotp: async ({ accessToken, code }) => {
      const account = accounts.get(read(accessToken)?.email ?? "");
      if (!account) return refused;
      if (code !== rightCode) return badCode;
      account.totp = true;
      return ok(undefined);
    },
    stopTotp: async (token) => {
      const account = accounts.get(read(token)?.email ?? "");
      if (!account) return refused;
      account.totp = false;
      return ok(undefined);
    },
    signOutEverywhere: async (token) => {
      const account = read(token);
      if (!account) return refused;
      ended.add(account.sub);
      return ok(undefined);
    },
    endSignInsOf: async (email) => {
      const account = accounts.get(email);
      return ok(account ? { sub: account.sub } : null);
    },
    find: async (email) => {
      const account = accounts.get(email);
      if (!account) return ok(null);
      const { sub, totp = false } = account;
      return ok({ sub, username: sub, email, emailVerified: true, firstName: "", lastName: "", totp });
    },
    setTotp: async ({ email, on }) => {
      const account = accounts.get(email);
      if (!account) return err({ code: "ACCOUNT_UNKNOWN" });
      account.totp = on;
      return ok(undefined);
    },
    setStanding: async ({ email, enabled, groups }) => {
      const account = accounts.get(email);
      if (!account) return err({ code: "ACCOUNT_UNKNOWN" });
      Object.assign(account, { groups: [...groups], disabled: !enabled });
      return ok(undefined);
    },
    ensureUser: async ({ email, groups }) => {
      const sub = accounts.get(email)?.sub ?? randomUUID();
      accounts.set(email, { sub, email, groups: [...groups], confirmed: true });
      return ok({ sub });
    },
  };
  const verifyAccessToken: VerifyAccessToken = async (token) => {
    const account = read(token);
    if (!account) return err({ code: "ACCESS_TOKEN_INVALID" });
    const now = Math.floor(Date.now() / 1000);
    return ok({
      sub: account.sub,
      username: account.email,
      groups: account.groups,
      authTime: now,
      originJti: account.originJti,
      issuedAt: now,
      clientId: "api",
      expiresAt: now + 3600,
      scope: ["aws.cognito.signin.user.admin"],
    });
  };
  return {
    ...state,
    state,
    identity,
    verifyAccessToken,
    bearerOf: (email: string) => tokensOf(accounts.get(email)!).accessToken,
  };
}
