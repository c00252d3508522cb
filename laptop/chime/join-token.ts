import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { type Capabilities, readCapabilities } from "./control/capabilities";

/** What a JoinToken says: enough to build the call again after a restart that lost the meeting's record. */
export type JoinClaims = {
  meetingId: string;
  attendeeId: string;
  externalUserId: string;
  /** As they were at CreateAttendee: a lost record never gives more than was first granted. */
  capabilities: Capabilities;
  issuedAtMs: number;
};

export type JoinTokens = { mint(claims: JoinClaims): string; read(token: string): JoinClaims | null };

/** The vendor's own bound on a JoinToken. Characters. */
const tokenMaxLength = 2048;
const base64url = /^[A-Za-z0-9_-]+$/;
const id = /^[\w-]{1,64}$/;

/**
 * Stateless tokens, `payload.mac` in strict base64url: they travel as a WebSocket sub-protocol, where `=` and `/` are not allowed.
 * `read` trusts nothing before the MAC (HMAC-SHA-256, compared in constant time) and answers null for whatever is not ours.
 */
export function joinTokens(secret: Buffer): JoinTokens {
  const key = Buffer.from(hkdfSync("sha256", secret, "", "laptop chime join token v1", 32));
  const macOf = (payload: string) => createHmac("sha256", key).update(payload).digest();

  return {
    mint({ meetingId, attendeeId, externalUserId, capabilities, issuedAtMs }) {
      const { Audio, Video, Content } = capabilities;
      const claims = [meetingId, attendeeId, externalUserId, [Audio, Video, Content], issuedAtMs];
      const payload = Buffer.from(JSON.stringify(claims)).toString("base64url");
      return `${payload}.${macOf(payload).toString("base64url")}`;
    },
    read(token) {
      if (token.length > tokenMaxLength) return null;
      const [payload, mac, ...more] = token.split(".");
      if (!payload || !mac || more.length > 0 || !base64url.test(payload) || !base64url.test(mac))
        return null;
      const given = Buffer.from(mac, "base64url");
      // Re-encoded: the last character's spare bits would let several texts stand for one token.
      if (given.length !== 32 || given.toString("base64url") !== mac) return null;
      if (!timingSafeEqual(given, macOf(payload))) return null;
      return readClaims(payload);
    },
  };
}

function readClaims(payload: string): JoinClaims | null {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
  } catch {
    return null; // signed by us, yet no JSON: a token of another version
  }
  if (!Array.isArray(value) || value.length !== 5) return null;
  const [meetingId, attendeeId, externalUserId, allowed, issuedAtMs] = value as unknown[];
  const [Audio, Video, Content] = Array.isArray(allowed) ? (allowed as unknown[]) : [];
  const capabilities = readCapabilities({ Audio, Video, Content });
  if (typeof meetingId !== "string" || !id.test(meetingId)) return null;
  if (typeof attendeeId !== "string" || !id.test(attendeeId)) return null;
  if (typeof externalUserId !== "string" || typeof issuedAtMs !== "number" || !capabilities) return null;
  return { meetingId, attendeeId, externalUserId, capabilities, issuedAtMs };
}
