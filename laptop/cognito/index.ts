import { randomUUID } from "node:crypto";
import type { ApiRequest, ApiResponse } from "../wire";
import { challengeStore } from "./challenges";
import type { Cognito } from "./context";
import { type Bootstrap, defaultBootstrap } from "./defaults";
import { passwordLock, slidingLimit } from "./limits";
import { newClient, newPool } from "./new-pool";
import { operations } from "./operations";
import { CognitoRefusal } from "./refuse";
import { dump, restore } from "./state";
import { wellKnown } from "./well-known";

export type CognitoOptions = {
  /** What `save` was last given, from an earlier run. */
  load?: unknown;
  /** Called with the whole state, as JSON can hold it, after each change. Contains secrets: private keys, live codes. */
  save?: (state: unknown) => void;
  baseUrl: () => string;
  region: string;
  deliver: (mail: { to: string; subject: string; text: string }) => void;
  /** Milliseconds since 1970. */
  clock?: () => number;
  log: (line: object) => void;
  bootstrap?: Bootstrap;
};

export type CognitoCloud = {
  handle(request: ApiRequest): Promise<ApiResponse>;
  /** Null when the path is none of ours. */
  wellKnown(request: ApiRequest): ApiResponse | null;
  snapshot(): unknown;
  close(): Promise<void>;
};

const hourMs = 3_600_000;

/**
 * Amazon Cognito user pools on a laptop: JSON 1.1 by `X-Amz-Target`, real SRP, real tokens, real refusals.
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/
 */
export async function startCognito(options: CognitoOptions): Promise<CognitoCloud> {
  const now = options.clock ?? Date.now;
  const pools = restore(options.load);
  const cognito: Cognito = {
    pools,
    region: options.region,
    baseUrl: options.baseUrl,
    now,
    deliver: options.deliver,
    changed: () => options.save?.(dump(pools)),
    challenges: challengeStore(now),
    lock: passwordLock(now),
    codeMails: slidingLimit(10, hourMs, now),
    codeMisses: slidingLimit(5, hourMs, now),
  };
  await boot(cognito, options.bootstrap ?? defaultBootstrap);
  return {
    handle: (request) => handle(cognito, request, options.log),
    wellKnown: (request) => wellKnown(cognito, request),
    snapshot: () => dump(pools),
    close: async () => cognito.changed(),
  };
}

/** Adds what is missing of the bootstrap; what is there stays, passwords and changed settings included. */
async function boot(cognito: Cognito, wanted: Bootstrap): Promise<void> {
  const now = cognito.now();
  const pool = cognito.pools.get(wanted.poolId) ?? (await newPool(wanted.poolId, "vouchsafe-laptop", now));
  cognito.pools.set(pool.id, pool);
  for (const { clientId: id, clientName: name, secret, rotating } of wanted.clients)
    if (!pool.clients.has(id))
      pool.clients.set(id, newClient({ id, name, rotating, ...(secret ? { secret } : {}) }, now));
  for (const name of wanted.groups)
    if (!pool.groups.has(name)) pool.groups.set(name, { name, createdAt: now });
  cognito.changed();
}

async function handle(
  cognito: Cognito,
  request: ApiRequest,
  log: (line: object) => void,
): Promise<ApiResponse> {
  const name = (request.headers["x-amz-target"] ?? "").split(".").at(-1) ?? "";
  try {
    const operation = operations.get(name);
    if (!operation) throw new CognitoRefusal("UnknownOperationException", `${name} is not known`);
    if (operation.signed && !request.headers.authorization?.startsWith("AWS4-HMAC-SHA256 "))
      throw new CognitoRefusal("MissingAuthenticationTokenException", "Missing Authentication Token");
    return answer(200, await operation.run(cognito, readBody(request.body)));
  } catch (cause) {
    if (cause instanceof CognitoRefusal) {
      log({ service: "cognito-idp", operation: name, refused: cause.code });
      const refusal = { __type: cause.code, message: cause.message };
      return answer(cause.status, refusal, { "x-amzn-errortype": cause.code });
    }
    log({ service: "cognito-idp", operation: name, fault: cause instanceof Error ? cause.stack : cause });
    const fault = { __type: "InternalErrorException", message: "Something went wrong" };
    return answer(500, fault, { "x-amzn-errortype": "InternalErrorException" });
  }
}

function readBody(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    throw new CognitoRefusal("SerializationException", "The request body is no JSON");
  }
}

const answer = (status: number, body: object, headers: Record<string, string> = {}): ApiResponse => ({
  status,
  headers: {
    "content-type": "application/x-amz-json-1.1",
    "x-amzn-requestid": randomUUID(),
    "cache-control": "no-store",
    ...headers,
  },
  body: JSON.stringify(body),
});
