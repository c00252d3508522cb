import type { ApiRequest, ApiResponse } from "../wire";
import type { Cognito } from "./context";
import { issuerOf, publicPart } from "./tokens";

/** GET `/<poolId>/.well-known/{jwks.json,openid-configuration}`. Null for any other path: it is somebody else's. */
export function wellKnown(cognito: Cognito, request: ApiRequest): ApiResponse | null {
  const path = /^\/([\w-]+_[0-9a-zA-Z]+)\/\.well-known\/(jwks\.json|openid-configuration)$/.exec(
    request.path,
  );
  if (!path) return null;
  if (request.method !== "GET" && request.method !== "HEAD")
    return json(405, { message: "Method not allowed" });
  const pool = cognito.pools.get(path[1] ?? "");
  if (!pool) return json(400, { message: `User pool ${path[1]} does not exist.` });
  if (path[2] === "jwks.json")
    return json(200, { keys: [publicPart(pool.keys.id), publicPart(pool.keys.access)] });
  const issuer = issuerOf(cognito, pool);
  return json(200, {
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    id_token_signing_alg_values_supported: ["RS256"],
    subject_types_supported: ["public"],
    response_types_supported: ["code", "token"],
    scopes_supported: ["openid", "email", "phone", "profile"],
  });
}

const json = (status: number, body: object): ApiResponse => ({
  status,
  headers: { "content-type": "application/json", "cache-control": "public, max-age=300" },
  body: JSON.stringify(body),
});
