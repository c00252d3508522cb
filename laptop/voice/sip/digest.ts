import { createHash, randomBytes } from "node:crypto";

const hashes = { MD5: "md5", "SHA-256": "sha256" } as const;

/**
 * Answers a trunk's challenge (RFC 3261 §22, RFC 8760).
 * @returns the value of (Proxy-)Authorization, or null for a challenge that we cannot answer.
 */
export function answerChallenge(
  challenge: string,
  request: { method: string; uri: string },
  login: { user: string; password: string },
  cnonce = randomBytes(8).toString("hex"),
): string | null {
  if (!/^Digest\s/i.test(challenge) || challenge.length > 2048) return null;
  const said = (name: string) =>
    new RegExp(`[\\s,]${name}\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s,"]+))`, "i").exec(challenge);
  const value = (name: string) => said(name)?.[1] ?? said(name)?.[2];
  const [realm, nonce, opaque] = [value("realm"), value("nonce"), value("opaque")];
  const algorithm = (value("algorithm") ?? "MD5").toUpperCase();
  const qop = value("qop")
    ?.split(",")
    .map((one) => one.trim());
  if (realm === undefined || nonce === undefined || (qop && !qop.includes("auth"))) return null;
  if (!Object.hasOwn(hashes, algorithm)) return null;
  const hash = (text: string) =>
    createHash(hashes[algorithm as keyof typeof hashes])
      .update(text)
      .digest("hex");
  const who = hash(`${login.user}:${realm}:${login.password}`);
  const what = hash(`${request.method}:${request.uri}`);
  const count = "00000001";
  const response = hash(qop ? `${who}:${nonce}:${count}:${cnonce}:auth:${what}` : `${who}:${nonce}:${what}`);
  return [
    `Digest username="${login.user}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${request.uri}"`,
    `response="${response}"`,
    `algorithm=${algorithm}`,
    ...(qop ? ["qop=auth", `nc=${count}`, `cnonce="${cnonce}"`] : []),
    ...(opaque === undefined ? [] : [`opaque="${opaque}"`]),
  ].join(", ");
}
