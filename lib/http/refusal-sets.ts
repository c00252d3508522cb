import type { ProblemCode } from "./refusal-words";

/** Refusals that come together: what a door names as its own, beside those that every door has. */
export const refusals = {
  /** Whose visit it is: there is none for this caller, or theirs only to look at. */
  visit: ["VISIT_UNKNOWN", "FORBIDDEN"],
  closed: ["VISIT_CANCELLED", "VISIT_ENDED"],
  /** Who speaks inside a visit. */
  seat: ["SIGN_IN_REQUIRED", "SESSION_INVALID", "SEAT_UNKNOWN"],
  link: [
    "GUESS_LIMITED",
    "TOKEN_INVALID",
    "TOKEN_NOT_YET_VALID",
    "TOKEN_EXPIRED",
    "TOKEN_REVOKED",
    "TOKEN_REUSED",
    "CODE_UNKNOWN",
  ],
  room: ["ROOM_UNKNOWN", "FORBIDDEN"],
  roomOver: ["ROOM_CLOSED", "ROOM_EXPIRED"],
  phone: ["FORBIDDEN", "DESK_ELSEWHERE", "NOT_AT_DESK", "AGENT_AWAY", "CHOICE_UNKNOWN", "PHONE_AWAY"],
  cloud: ["CLOUD_THROTTLED", "CLOUD_UNAVAILABLE"],
  identity: ["IDENTITY_THROTTLED", "IDENTITY_UNAVAILABLE", "IDENTITY_NOT_CONFIGURED"],
  signIn: [
    "CREDENTIALS_REFUSED",
    "ACCOUNT_UNCONFIRMED",
    "PASSWORD_RESET_REQUIRED",
    "IDENTITY_THROTTLED",
    "IDENTITY_UNAVAILABLE",
    "IDENTITY_NOT_CONFIGURED",
  ],
} as const satisfies Record<string, readonly ProblemCode[]>;
