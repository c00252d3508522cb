import { createHmac } from "node:crypto";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import type { Env } from "@/lib/env";
import type { Result } from "@/lib/kernel/result";
import type { AppClient, IdentityRefusal } from "@/lib/ports/identity";
import { clientOptions } from "./client-options";
import { errorName } from "./cloud-errors";
import { identityRefusal } from "./cognito-refusal";

type Registered = { id: string; secret: string | undefined };
/** What every call to the pool is made with. */
export type Cognito = {
  client: CognitoIdentityProviderClient;
  poolId: string;
  clients: Record<AppClient, Registered>;
};

export function openCognito(env: Env): Cognito {
  return {
    client: new CognitoIdentityProviderClient(clientOptions(env)),
    poolId: env.COGNITO_USER_POOL_ID,
    clients: {
      web: { id: env.COGNITO_WEB_CLIENT_ID, secret: env.COGNITO_WEB_CLIENT_SECRET },
      api: { id: env.COGNITO_CLIENT_ID, secret: env.COGNITO_CLIENT_SECRET },
    },
  };
}

/** Base64(HMAC-SHA256(secret, username + client id)), for app clients that have a secret. */
export function secretHash({ id, secret }: Registered, username: string): string | undefined {
  return secret && createHmac("sha256", secret).update(`${username}${id}`).digest("base64");
}

/** What Cognito throws, as a refusal; what only an operator can cure is thrown on. */
export async function refusing<T, R extends { code: string } = IdentityRefusal>(
  work: () => Promise<Result<T, R>>,
): Promise<Result<T, R | IdentityRefusal>> {
  try {
    return await work();
  } catch (thrown) {
    return identityRefusal(thrown);
  }
}

export function isWeakPassword(thrown: unknown): boolean {
  return ["InvalidPasswordException", "PasswordHistoryPolicyViolationException"].includes(errorName(thrown));
}
