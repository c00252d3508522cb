import ar from "@/messages/ar/refusals.json";
import en from "@/messages/en/refusals.json";
import es from "@/messages/es/refusals.json";
import type { Locale } from "@/messages/locales";

/** What each refusal that a feature may give is for programs. One map, so that a code means one thing everywhere. */
export type RefusalKind = {
  status: number;
  /** Seed 4: the next step as a word for programs. */
  action?: "REQUEST_NEW_LINK" | "RETRY" | "SIGN_IN";
};

const newLink = { action: "REQUEST_NEW_LINK" } as const;
const retry = { action: "RETRY" } as const;
const signIn = { action: "SIGN_IN" } as const;

export const refusalKinds = {
  BODY_MALFORMED: { status: 400 },
  BODY_TOO_LARGE: { status: 413 },
  INPUT_INVALID: { status: 422 },
  IDEMPOTENCY_KEY_INVALID: { status: 400 },

  SIGN_IN_REQUIRED: { status: 401, ...signIn },
  ACCESS_TOKEN_INVALID: { status: 401, ...signIn },
  ACCESS_TOKEN_EXPIRED: { status: 401, ...signIn },
  API_KEY_INVALID: { status: 401 },
  SESSION_INVALID: { status: 401, ...newLink },
  SESSION_TOO_OLD: { status: 401, ...signIn },
  FORBIDDEN: { status: 403 },
  CROSS_SITE_REFUSED: { status: 403 },
  CREDENTIALS_REFUSED: { status: 401 },
  SIGN_IN_CHALLENGE: { status: 401 },
  CHALLENGE_OVER: { status: 401, ...signIn },
  REFRESH_REFUSED: { status: 401, ...signIn },
  SECOND_STEP_REQUIRED: { status: 403 },
  EMAIL_INVALID: { status: 400 },
  PASSWORD_WEAK: { status: 400 },
  CODE_REFUSED: { status: 400 },
  ACCOUNT_LIMITED: { status: 429 },
  ACCOUNT_UNCONFIRMED: { status: 403 },
  PASSWORD_RESET_REQUIRED: { status: 403 },
  SIGN_IN_LIMITED: { status: 429 },
  IDENTITY_THROTTLED: { status: 503, ...retry },
  IDENTITY_UNAVAILABLE: { status: 503, ...retry },
  IDENTITY_NOT_CONFIGURED: { status: 503 },

  NOT_FOUND: { status: 404 },
  METHOD_NOT_ALLOWED: { status: 405 },
  VISIT_UNKNOWN: { status: 404 },
  PATIENT_UNKNOWN: { status: 404 },
  PATIENT_ALIKE: { status: 409 },
  PATIENT_CHANGED: { status: 409 },
  PATIENT_ID_TAKEN: { status: 409 },
  EXTERNAL_ID_TAKEN: { status: 409 },
  STAFF_UNKNOWN: { status: 404 },
  STAFF_SELF: { status: 409 },
  STAFF_ALREADY: { status: 409 },
  INVITED_ALREADY: { status: 409 },
  INVITATION_CLOSED: { status: 410 },
  RECORD_CONNECTED: { status: 409 },
  RECORD_NOT_CONNECTED: { status: 409 },
  REQUEST_SETTLED: { status: 409 },
  KEY_CLOSED: { status: 409 },
  SITE_UNKNOWN: { status: 404 },
  SITE_SUSPENDED: { status: 403 },
  ORIGIN_NOT_LISTED: { status: 422 },
  CUSTOMER_UNKNOWN: { status: 404 },
  SIGN_IN_IN_FUTURE: { status: 422 },
  DESK_ELSEWHERE: { status: 404 },
  NOT_AT_DESK: { status: 409 },
  QUESTIONS_TOO_FEW: { status: 422 },
  QUESTIONS_CLOSED: { status: 409 },
  AGENT_AWAY: { status: 409 },
  CHOICE_UNKNOWN: { status: 422 },
  CLINICIAN_UNKNOWN: { status: 404 },
  SEAT_UNKNOWN: { status: 404 },
  CALL_UNKNOWN: { status: 404 },
  CALL_OVER: { status: 409 },
  CALL_ELSEWHERE: { status: 409 },
  ROUTE_CLOSED: { status: 422 },
  CALL_NOT_RATEABLE: { status: 409 },
  CALLBACK_NEEDS_RECORD: { status: 422 },
  CALLBACK_NEEDS_NUMBER: { status: 422 },
  CALLBACK_TIME_GONE: { status: 409 },
  CALLBACK_UNDER_WAY: { status: 409 },
  CALLBACK_NOT_DUE: { status: 409 },
  CALLBACK_GONE: { status: 409 },
  CALLBACK_ONE_AT_A_TIME: { status: 409 },

  ROOM_UNKNOWN: { status: 404 },
  ROOM_CLOSED: { status: 410 },
  ROOM_EXPIRED: { status: 410 },
  ROOM_LOCKED: { status: 409 },
  RECORDING_OFF: { status: 409 },
  RECORDING_ALONE: { status: 409 },
  RECORDING_OVER: { status: 409 },
  RECORDING_UNKNOWN: { status: 404 },
  RECORDING_NOT_OPENED: { status: 403 },
  RECORDING_GONE: { status: 410 },
  RANGE_UNKNOWN: { status: 416 },
  ROOM_FULL: { status: 409 },
  ROOM_REMOVED: { status: 403 },
  ROOM_MESSAGES_ENOUGH: { status: 409 },

  CONSENT_REQUIRED: { status: 409 },
  CONSENT_OUTDATED: { status: 409 },
  NOT_LICENSED_THERE: { status: 409 },
  NUMBER_NEEDED: { status: 422 },
  PATIENTS_ONLY: { status: 403 },
  NOBODY_WAITS: { status: 409 },
  CLINICIAN_ABSENT: { status: 409 },
  CALL_ASKED_ENOUGH: { status: 409 },
  NOT_ADMITTED: { status: 403 },
  CHAT_FULL: { status: 409 },
  FEEDBACK_CLOSED: { status: 410 },
  REPORTS_ENOUGH: { status: 409 },
  GUEST_UNKNOWN: { status: 404 },
  LINK_CLOSED: { status: 409 },
  GUESTS_FULL: { status: 409 },
  GUESTS_NEED_MEETING: { status: 409 },
  CAPTIONS_OFF: { status: 409 },
  SPEAKS_ANYWAY: { status: 409 },

  CLINICIAN_NOT_LICENSED: { status: 422 },
  VISIT_IN_PAST: { status: 422 },
  NO_CONTACT: { status: 422 },
  SLOT_TAKEN: { status: 409 },
  SERIES_SIZE: { status: 422 },
  SERIES_DATES_REFUSED: { status: 409 },
  SERIES_ID_USED: { status: 409 },
  NOT_REPEATED: { status: 409 },
  VISIT_ACTIVE: { status: 409 },
  VISIT_NOT_ACTIVE: { status: 409 },
  VISIT_NOT_BEGUN: { status: 409 },
  PATIENT_PRESENT: { status: 409 },
  VISIT_WINDOW_CLOSED: { status: 409 },
  VISIT_CANCELLED: { status: 409 },
  VISIT_ENDED: { status: 409 },
  MEETING_FULL: { status: 409 },
  PARTY_REMOVED: { status: 403 },
  ANSWER_AT_DESK: { status: 409 },

  TOKEN_INVALID: { status: 401, ...newLink },
  TOKEN_NOT_YET_VALID: { status: 401 },
  CODE_UNKNOWN: { status: 404, ...newLink },
  TOKEN_EXPIRED: { status: 410, ...newLink },
  TOKEN_REVOKED: { status: 410, ...newLink },
  TOKEN_REUSED: { status: 409, ...newLink },

  EVENT_MALFORMED: { status: 400 },
  EVENT_FORGED: { status: 403 },
  EVENT_STALE: { status: 403 },
  EVENT_UNVERIFIABLE: { status: 503, ...retry },

  GUESS_LIMITED: { status: 429 },
  RESEND_LIMITED: { status: 429 },
  REMINDED_ALREADY: { status: 429 },
  CHECKS_LIMITED: { status: 429 },
  CALLS_LIMITED: { status: 429 },
  CALLBACKS_LIMITED: { status: 429 },
  FLOOD_LIMITED: { status: 429, ...retry },
  STREAMS_LIMITED: { status: 429 },

  PHONE_AWAY: { status: 503, ...retry },
  CONTACT_REFUSED: { status: 502 },
  CLOUD_THROTTLED: { status: 503, ...retry },
  CLOUD_UNAVAILABLE: { status: 503, ...retry },
  DATABASE_UNAVAILABLE: { status: 503, ...retry },
  NOT_READY: { status: 503, ...retry },
  VIDEO_DISABLED: { status: 503 },
  FAULT: { status: 500 },
} as const satisfies Record<string, RefusalKind>;

export type ProblemCode = keyof typeof refusalKinds;
export const problemCodes = Object.keys(refusalKinds) as [ProblemCode, ...ProblemCode[]];

/** `title`: what happened, the same for each occurrence (RFC 9457). `advice`: what to do about it; both may name facts of the refusal. */
type Words = { title: string; advice: string };
/** Every code in every language: one that lacks words does not compile. */
const words: Record<Locale, { refusals: Record<ProblemCode, Words>; refusalWait: string }> = { en, es, ar };

export function refusalWords(
  facts: { code: ProblemCode } & Readonly<Record<string, unknown>>,
  locale: Locale,
): Words {
  const { title, advice } = words[locale].refusals[facts.code];
  return { title: fill(title, facts), advice: fill(advice, facts) };
}

/** In English, as it stands: for who reads of a refusal, not for who meets it. */
export const refusalTitle = (code: ProblemCode): string => en.refusals[code].title;

/** "Wait 22 min." */
export function waitWords(minutes: number, locale: Locale): string {
  return fill(words[locale].refusalWait, { minutes });
}

/** No plurals and no choices here, so no formatter: a refusal may be on the path that thousands take at once. */
function fill(text: string, facts: Readonly<Record<string, unknown>>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? ""));
}
