import type { Service } from "./faults";
import type { ApiRequest } from "./wire";

/** Which service a call is for, and, where the wire says so, which operation. */
export type Routed = { service: Service; operation: string };

const targets: Record<string, Service> = {
  TrentService: "kms",
  AWSCognitoIdentityProviderService: "cognito",
  PinpointSMSVoiceV2: "sms",
};

/** The service name that the signature was scoped to: SDKs in every language send it (SigV4). */
const scope = /Credential=[^/,\s]+\/\d{8}\/[\w-]+\/([\w-]+)\/aws4_request/;
const scopes: Record<string, Service> = {
  chime: "chime",
  connect: "connect",
  ses: "ses",
  kms: "kms",
  "cognito-idp": "cognito",
  "sms-voice": "sms",
};

/**
 * JSON protocols name their operation in a header; REST protocols by method and path, and the signature says whose path it is.
 * The path alone is enough where it is nobody else's, so that curl works too.
 */
export function route({ method, path, headers }: ApiRequest): Routed | null {
  const [prefix, name] = (headers["x-amz-target"] ?? "").split(".");
  const byTarget = prefix ? targets[prefix] : undefined;
  if (byTarget && name) return { service: byTarget, operation: name };
  const byScope = scopes[scope.exec(headers.authorization ?? "")?.[1] ?? ""];
  const operation = `${method} ${path}`;
  if (byScope === "chime" || /^\/meetings(\/|$)/.test(path)) return { service: "chime", operation };
  if (byScope === "ses" || path.startsWith("/v2/email/")) return { service: "ses", operation };
  if (byScope === "connect" || /^\/contacts?\//.test(path)) return { service: "connect", operation };
  return null;
}
