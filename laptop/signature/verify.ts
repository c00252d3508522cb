import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { VendorError } from "../http/vendor-error";
import type { ApiRequest } from "../wire";

export type KeyPair = { id: string; secret: string };
/** What a signature that held says of the body. `payload` as it was signed: a digest in hex, or how the body is sent. */
export type Signed = { payload: string; seed: string; at: string; scope: string; key: Buffer };

/** The vendor's: further off than this, a clock is wrong and a request may be somebody else's old one. */
const skewMaxMs = 15 * 60_000;
const weekSeconds = 604_800;
const algorithm = "AWS4-HMAC-SHA256";

type Claim = {
  credential: string;
  signedHeaders: string[];
  signature: string;
  /** `20261123T005500Z` */
  at: string;
  payload: string;
  /** Of an address that was signed beforehand: how long it lives. Null: the request itself is signed. */
  expiresSeconds: number | null;
};

/**
 * Signature Version 4 of S3, in the headers or in the address (RFC 3986 paths, encoded once).
 * Throws `VendorError` with S3's code for what is unsigned, malformed, old, by an unknown key or not what was signed. The body isn't looked at here.
 */
export function verifySignature(
  request: ApiRequest,
  { keys, region, now }: { keys: readonly KeyPair[]; region: string; now: () => number },
): Signed {
  const claim = request.query.has("X-Amz-Algorithm") ? fromQuery(request) : fromHeaders(request);
  const [id = "", day = "", where = "", service = "", last = ""] = claim.credential.split("/");
  const scope = `${day}/${where}/${service}/${last}`;
  const flaw = scopeFlaw({ at: claim.at, day, where, service, last, region });
  if (flaw) throw malformed(claim, flaw);
  checkTime(claim, now());
  const pair = keys.find((key) => key.id === id);
  if (!pair)
    throw new VendorError(
      "InvalidAccessKeyId",
      "The AWS Access Key Id you provided does not exist in our records.",
      403,
      { AWSAccessKeyId: id },
    );
  checkSignedHeaders(request, claim);
  const key = [day, where, service, last].reduce(hmac, Buffer.from(`AWS4${pair.secret}`));
  const canonical = canonicalRequest(request, claim);
  const wanted = hmac(key, [algorithm, claim.at, scope, sha256(canonical)].join("\n"));
  if (!isSame(wanted, claim.signature)) throw mismatch();
  return { payload: claim.payload, seed: claim.signature, at: claim.at, scope, key };
}

function fromHeaders({ headers }: ApiRequest): Claim {
  const { authorization } = headers;
  if (!authorization) throw new VendorError("AccessDenied", "Access Denied", 403);
  const found =
    /^AWS4-HMAC-SHA256\s+Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/.exec(
      authorization,
    );
  if (!found)
    throw new VendorError("AuthorizationHeaderMalformed", "The authorization header is malformed.", 400);
  const [, credential = "", signedHeaders = "", signature = ""] = found;
  const payload = headers["x-amz-content-sha256"];
  if (!payload)
    throw new VendorError(
      "InvalidRequest",
      "Missing required header for this request: x-amz-content-sha256",
      400,
    );
  const at = headers["x-amz-date"] ?? "";
  if (!/^\d{8}T\d{6}Z$/.test(at))
    throw new VendorError(
      "AccessDenied",
      "AWS authentication requires a valid Date or x-amz-date header",
      403,
    );
  return {
    credential,
    signedHeaders: signedHeaders.split(";"),
    signature,
    at,
    payload,
    expiresSeconds: null,
  };
}

function fromQuery({ query, headers }: ApiRequest): Claim {
  if (headers.authorization)
    throw new VendorError(
      "InvalidArgument",
      "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter or the Authorization header should be specified",
    );
  const [credential, at, expires, signed, signature] = [
    "X-Amz-Credential",
    "X-Amz-Date",
    "X-Amz-Expires",
    "X-Amz-SignedHeaders",
    "X-Amz-Signature",
  ].map((name) => query.get(name) ?? "") as [string, string, string, string, string];
  if (!credential || !at || !expires || !signed || !signature)
    throw badQuery(
      "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.",
    );
  if (query.get("X-Amz-Algorithm") !== algorithm)
    throw badQuery('X-Amz-Algorithm only supports "AWS4-HMAC-SHA256"');
  if (!/^\d{8}T\d{6}Z$/.test(at))
    throw badQuery("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
  if (!/^\d{1,9}$/.test(expires)) throw badQuery("X-Amz-Expires should be a number");
  if (Number(expires) > weekSeconds)
    throw badQuery(
      "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds",
    );
  return {
    credential,
    signedHeaders: signed.split(";"),
    signature,
    at,
    payload: headers["x-amz-content-sha256"] ?? query.get("X-Amz-Content-Sha256") ?? "UNSIGNED-PAYLOAD",
    expiresSeconds: Number(expires),
  };
}

function scopeFlaw(scope: Record<"at" | "day" | "where" | "service" | "last" | "region", string>) {
  const { at, day, where, service, last, region } = scope;
  if (where !== region) return `the region '${where}' is wrong; expecting '${region}'`;
  if (service !== "s3") return `incorrect service "${service}". This endpoint belongs to "s3".`;
  if (last !== "aws4_request") return `incorrect terminal "${last}". This endpoint uses "aws4_request".`;
  return at.startsWith(`${day}T`) ? null : `incorrect date "${day}". It must be the day of the request.`;
}

function checkTime({ at, expiresSeconds }: Claim, now: number): void {
  const signedAt = Date.parse(at.replace(/^(....)(..)(..T..)(..)(..Z)$/, "$1-$2-$3:$4:$5"));
  const age = now - signedAt;
  if (expiresSeconds === null) {
    if (!(Math.abs(age) <= skewMaxMs))
      throw new VendorError(
        "RequestTimeTooSkewed",
        "The difference between the request time and the current time is too large.",
        403,
        { RequestTime: at, ServerTime: new Date(now).toISOString(), MaxAllowedSkewMilliseconds: skewMaxMs },
      );
    return;
  }
  if (!(age >= -skewMaxMs)) throw new VendorError("AccessDenied", "Request is not yet valid", 403);
  if (age > expiresSeconds * 1_000) throw new VendorError("AccessDenied", "Request has expired", 403);
}

/** What is sent and not signed could have been put there by somebody on the way. */
function checkSignedHeaders({ headers }: ApiRequest, { signedHeaders }: Claim): void {
  const unsigned = Object.keys(headers).filter(
    (name) => (name === "host" || name.startsWith("x-amz-")) && !signedHeaders.includes(name),
  );
  if (unsigned.length > 0)
    throw new VendorError(
      "AccessDenied",
      "There were headers present in the request which were not signed",
      403,
      {
        HeadersNotSigned: unsigned.join(", "),
      },
    );
}

function canonicalRequest({ method, path, query, headers }: ApiRequest, claim: Claim): string {
  const pairs = [...query]
    .filter(([name]) => name !== "X-Amz-Signature")
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort();
  const names = [...claim.signedHeaders].sort();
  return [
    method,
    path.split("/").map(reencoded).join("/"),
    pairs.join("&"),
    ...names.map((name) => `${name}:${(headers[name] ?? "").trim().replace(/ +/g, " ")}`),
    "",
    names.join(";"),
    claim.payload,
  ].join("\n");
}

const encoded = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
function reencoded(segment: string): string {
  try {
    return encoded(decodeURIComponent(segment));
  } catch {
    throw new VendorError("InvalidURI", "Couldn't parse the specified URI.");
  }
}

const malformed = ({ expiresSeconds }: Claim, flaw: string) =>
  expiresSeconds === null
    ? new VendorError("AuthorizationHeaderMalformed", `The authorization header is malformed; ${flaw}`, 400)
    : badQuery(`Error parsing the X-Amz-Credential parameter; ${flaw}`);
const badQuery = (message: string) => new VendorError("AuthorizationQueryParametersError", message, 400);
export const mismatch = () =>
  new VendorError(
    "SignatureDoesNotMatch",
    "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
    403,
  );

export const sha256 = (bytes: string | Uint8Array) => createHash("sha256").update(bytes).digest("hex");
export const hmac = (key: Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();
/** Constant time. @param signature in hex. */
export function isSame(wanted: Buffer, signature: string): boolean {
  const shown = Buffer.from(signature, "hex");
  return shown.length === wanted.length && timingSafeEqual(shown, wanted);
}
