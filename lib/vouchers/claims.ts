import { isParty, type Party } from "@/lib/kernel/party";
import { isRoomRole, type RoomRole } from "@/lib/kernel/room-role";
import { issuer, type Kind } from "./kinds";

/** Seed 4's claims. Times in whole **seconds** since 1970. */
export type JoinClaims = {
  jti: string;
  exp: number;
  nbf: number;
  iat: number;
  sub: string;
  visitId: string;
  party: Party;
  /** 64 hex digits; its keyed hash is kept with the voucher. */
  nonce: string;
};

/** Clocks disagree; seed 4 allows two minutes on a look. Spending allows none: there the database's clock decides. */
export const skewSeconds = 120;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
/** 2020-01-01 and 2100-01-01: outside, a number is an accident (milliseconds, say) or an attack. */
const [earliest, latest] = [1_577_836_800, 4_102_444_800];

export function toPayload(kind: Kind, claims: JoinClaims): Record<string, unknown> {
  const { jti, exp, nbf, iat, sub, visitId, party, nonce } = claims;
  return { jti, iss: issuer, aud: kind.aud, exp, nbf, iat, sub, visit_id: visitId, role: party, nonce };
}

/** Null unless each claim is present, of its type, and sane. */
export function readClaims(kind: Kind, payload: Record<string, unknown>): JoinClaims | null {
  const common = readCommon(kind, payload);
  const { sub, visit_id: visitId, role: party } = payload;
  if (!common || !isUuid(sub) || !isUuid(visitId) || !isParty(party)) return null;
  return { ...common, sub, visitId, party };
}

/** What every kind has. `aud` is one string: a list could name other doors as well. */
function readCommon(
  kind: Kind,
  { jti, iss, aud, exp, nbf, iat, nonce }: Record<string, unknown>,
): Pick<JoinClaims, "jti" | "exp" | "nbf" | "iat" | "nonce"> | null {
  if (iss !== issuer || aud !== kind.aud) return null;
  if (!isTime(exp) || !isTime(nbf) || !isTime(iat) || exp <= iat || exp <= nbf) return null;
  if (!isUuid(jti)) return null;
  if (typeof nonce !== "string" || !/^[0-9a-f]{64}$/.test(nonce)) return null;
  return { jti, exp, nbf, iat, nonce };
}

/** An audio room's invite (seed 2): whoever carries it is the room's host, or its guest. */
export type RoomClaims = Pick<JoinClaims, "jti" | "exp" | "nbf" | "iat" | "nonce"> & {
  roomId: string;
  role: RoomRole;
};

export function toRoomPayload(kind: Kind, claims: RoomClaims): Record<string, unknown> {
  const { jti, exp, nbf, iat, roomId, role, nonce } = claims;
  return { jti, iss: issuer, aud: kind.aud, exp, nbf, iat, room_id: roomId, role, nonce };
}

/** Null unless each claim is present, of its type, and sane. */
export function readRoomClaims(kind: Kind, payload: Record<string, unknown>): RoomClaims | null {
  const common = readCommon(kind, payload);
  const { room_id: roomId, role } = payload;
  if (!common || !isUuid(roomId) || !isRoomRole(role)) return null;
  return { ...common, roomId, role };
}

/** By which another site hands one of its customers over, for a page of this origin of theirs. */
export type HandoverClaims = Pick<JoinClaims, "jti" | "exp" | "nbf" | "iat" | "nonce" | "sub"> & {
  siteId: string;
  origin: string;
};

export function toHandoverPayload(kind: Kind, claims: HandoverClaims): Record<string, unknown> {
  const { jti, exp, nbf, iat, sub, siteId, origin, nonce } = claims;
  return { jti, iss: issuer, aud: kind.aud, exp, nbf, iat, sub, site_id: siteId, origin, nonce };
}

/** Null unless each claim is present, of its type, and sane. */
export function readHandoverClaims(kind: Kind, payload: Record<string, unknown>): HandoverClaims | null {
  const common = readCommon(kind, payload);
  const { sub, site_id: siteId, origin } = payload;
  if (!common || !isUuid(sub) || !isUuid(siteId) || typeof origin !== "string") return null;
  return { ...common, sub, siteId, origin };
}

/** What the token's own times say at `now`, with the skew allowed. */
export function judgeTimes(
  claims: Pick<JoinClaims, "exp" | "nbf" | "iat">,
  now: Date,
): "live" | "expired" | "early" | "invalid" {
  const seconds = now.getTime() / 1000;
  if (claims.iat > seconds + skewSeconds) return "invalid"; // signed in the future: a clock or a key is not ours
  if (claims.nbf > seconds + skewSeconds) return "early";
  return claims.exp + skewSeconds > seconds ? "live" : "expired";
}

export function isTime(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= earliest && (value as number) <= latest;
}

export function isUuid(value: unknown): value is string {
  return typeof value === "string" && uuid.test(value);
}
