/** Status, title and advice for each refusal that a feature may give. One map, so that a code means one thing everywhere. */
export type Words = {
  status: number;
  /** What happened, the same for each occurrence (RFC 9457 `title`). */
  title: string;
  /** What to do about it. A function where the refusal's facts help. */
  advice: string | ((facts: Readonly<Record<string, unknown>>) => string);
  /** Seed 4: the next step as a word for programs. */
  action?: "REQUEST_NEW_LINK" | "RETRY" | "SIGN_IN";
};

const newLink = { action: "REQUEST_NEW_LINK" } as const;
const retry = { action: "RETRY" } as const;
const later = "Wait as long as Retry-After says, then send the same request again.";

/** @param evidence `PatientEvidence`. To the minute, in UTC: whoever reads it may be anywhere. */
function whenThere(evidence: unknown): string {
  if (typeof evidence !== "object" || evidence === null) return "They were connected.";
  const { firstCameAt, lastSeenAt, minutes } = evidence as Record<string, unknown>;
  const at = (iso: unknown) => `${String(iso).slice(0, 16).replace("T", " ")} UTC`;
  return `They came at ${at(firstCameAt)}, were last seen at ${at(lastSeenAt)}, and were connected for ${minutes} min.`;
}

export const refusalWords = {
  BODY_MALFORMED: {
    status: 400,
    title: "The body cannot be read",
    advice: ({ reason }) => `${reason} Send one JSON object.`,
  },
  BODY_TOO_LARGE: {
    status: 413,
    title: "The body is too large",
    advice: ({ maxBytes }) => `Send at most ${maxBytes} bytes.`,
  },
  INPUT_INVALID: {
    status: 422,
    title: "Some fields are not right",
    advice: "See `errors` for each field, and send it again.",
  },
  IDEMPOTENCY_KEY_INVALID: {
    status: 400,
    title: "The Idempotency-Key cannot be used",
    advice: "Send 16 to 255 visible ASCII characters, for example a UUID.",
  },

  SIGN_IN_REQUIRED: {
    status: 401,
    title: "Sign in first",
    advice: "Send `Authorization: Bearer` with an access token from POST /auth/login, or `X-Admin-Key`.",
    action: "SIGN_IN",
  },
  ACCESS_TOKEN_INVALID: {
    status: 401,
    title: "The access token is not accepted",
    advice: "It is expired, revoked or not ours. Sign in again.",
    action: "SIGN_IN",
  },
  ACCESS_TOKEN_EXPIRED: {
    status: 401,
    title: "The access token has run out",
    advice: "Refresh it, or sign in again.",
    action: "SIGN_IN",
  },
  API_KEY_INVALID: {
    status: 401,
    title: "The API key is not accepted",
    advice: "It is unknown, expired or revoked. Ask an administrator for a new one.",
  },
  SESSION_INVALID: {
    status: 401,
    title: "The visit session is not accepted",
    advice: "Open the link of the visit again.",
    action: "REQUEST_NEW_LINK",
  },
  FORBIDDEN: {
    status: 403,
    title: "Not allowed",
    advice: "Your role may not do this. Ask an administrator if it should.",
  },
  CROSS_SITE_REFUSED: {
    status: 403,
    title: "Refused: sent by another site",
    advice: "Use the pages of this address, or an access token instead of cookies.",
  },
  CREDENTIALS_REFUSED: {
    status: 401,
    title: "Email or password is not right",
    advice: "Check both and try again.",
  },
  SIGN_IN_CHALLENGE: {
    status: 401,
    title: "A second step is needed",
    advice: "Answer the `challenge` with its `session` at POST /auth/challenge.",
  },
  ACCOUNT_UNCONFIRMED: {
    status: 403,
    title: "The account is not confirmed yet",
    advice: "Enter the code from the email we sent, then sign in.",
  },
  PASSWORD_RESET_REQUIRED: {
    status: 403,
    title: "The password must be changed",
    advice: "Ask for a reset code, choose a new password, then sign in.",
  },
  SIGN_IN_LIMITED: {
    status: 429,
    title: "Too many tries",
    advice: "Wait as long as Retry-After says, then try again.",
  },
  IDENTITY_THROTTLED: { status: 503, title: "Sign-in is busy", advice: later, ...retry },
  IDENTITY_UNAVAILABLE: { status: 503, title: "Sign-in cannot be reached", advice: later, ...retry },

  NOT_FOUND: { status: 404, title: "Nothing is here", advice: "Check the address." },
  METHOD_NOT_ALLOWED: {
    status: 405,
    title: "This address has no such method",
    advice: "See the Allow header.",
  },
  VISIT_UNKNOWN: {
    status: 404,
    title: "No such visit",
    advice: "Check the id. A visit that you may not see is answered the same way.",
  },
  PATIENT_UNKNOWN: { status: 404, title: "No such patient", advice: "Choose one from GET /api/patients." },
  CLINICIAN_UNKNOWN: {
    status: 404,
    title: "No such clinician",
    advice: "Choose one from GET /api/clinicians.",
  },
  SEAT_UNKNOWN: {
    status: 404,
    title: "No such seat in this visit",
    advice: "Choose a seatId from GET …/state.",
  },

  CONSENT_REQUIRED: {
    status: 409,
    title: "First say where you are, and agree to the visit by video",
    advice:
      "Send `location: {state}` and `consent: {version}` with the start, or open the link in a browser.",
  },
  CONSENT_OUTDATED: {
    status: 409,
    title: "The text to agree to has changed",
    advice: "Open the link again, and read it once more.",
  },
  NOT_LICENSED_THERE: {
    status: 409,
    title: "The clinician has no license where you are now",
    advice: "Call the clinic: somebody else may see you. The link was not used.",
  },
  NUMBER_NEEDED: {
    status: 422,
    title: "No number to call back",
    advice: "None is on file: give one.",
  },
  PATIENTS_ONLY: {
    status: 403,
    title: "Only the patient is asked this",
    advice: "Go on without it.",
  },
  FEEDBACK_CLOSED: {
    status: 410,
    title: "The visit was too long ago",
    advice: "Call the clinic to tell how it was.",
  },
  REPORTS_ENOUGH: {
    status: 409,
    title: "Enough was reported",
    advice: "Call the clinic if more went wrong.",
  },
  GUEST_UNKNOWN: {
    status: 404,
    title: "No such guest of this visit",
    advice: "They may have been uninvited. See GET …/guests.",
  },
  GUESTS_FULL: {
    status: 409,
    title: "No more guests fit in",
    advice: "At most four beside the patient and the clinician. Uninvite somebody first.",
  },
  GUESTS_NEED_MEETING: {
    status: 409,
    title: "This visit is answered at the desk and takes no guests",
    advice: "Book it on route `meeting` to invite somebody.",
  },
  SPEAKS_ANYWAY: {
    status: 409,
    title: "This person may speak anyway",
    advice: "Only a student waits for leave to speak.",
  },

  CLINICIAN_NOT_LICENSED: {
    status: 422,
    title: "The clinician is not licensed there",
    advice: ({ state, on }) => `Choose a clinician licensed in ${state} on ${on}.`,
  },
  VISIT_IN_PAST: { status: 422, title: "That time has passed", advice: "Choose a later start." },
  NO_CONTACT: {
    status: 422,
    title: "Nothing on file to send it to",
    advice: "Add a telephone number or an email address, or choose another channel.",
  },
  SLOT_TAKEN: {
    status: 409,
    title: "The clinician has another visit then",
    advice: "Choose another start or another clinician.",
  },
  VISIT_ACTIVE: { status: 409, title: "The visit is under way", advice: "End it first." },
  VISIT_NOT_ACTIVE: { status: 409, title: "Nobody has joined the visit", advice: "Wait until somebody has." },
  VISIT_NOT_BEGUN: {
    status: 409,
    title: "The visit has not begun yet",
    advice: "Nobody can have missed it before its start.",
  },
  PATIENT_PRESENT: {
    status: 409,
    title: "The patient was there",
    advice: ({ evidence }) => `${whenThere(evidence)} So this is no no-show: let them in, or end the visit.`,
  },
  VISIT_WINDOW_CLOSED: { status: 409, title: "The time to join has passed", advice: "Book another visit." },
  VISIT_CANCELLED: { status: 409, title: "The visit was cancelled", advice: "Book another visit." },
  VISIT_ENDED: { status: 409, title: "The visit is over", advice: "Book another visit." },
  MEETING_FULL: { status: 409, title: "The visit is full", advice: "Six are inside already." },
  PARTY_REMOVED: { status: 403, title: "You were taken out of the visit", advice: "Call the clinic." },
  ANSWER_AT_DESK: {
    status: 409,
    title: "This visit is answered at the desk",
    advice: "Sign in at the desk and accept the contact. The link was not spent.",
  },

  TOKEN_INVALID: {
    status: 401,
    title: "The link is not valid",
    advice: "Use the link exactly as it was sent.",
    ...newLink,
  },
  TOKEN_NOT_YET_VALID: {
    status: 401,
    title: "The link is not valid yet",
    advice: "Try again at the time of the visit.",
  },
  CODE_UNKNOWN: {
    status: 404,
    title: "No such link",
    advice: "Use the link exactly as it was sent.",
    ...newLink,
  },
  TOKEN_EXPIRED: { status: 410, title: "This link has run out", advice: "Ask for a new one.", ...newLink },
  TOKEN_REVOKED: {
    status: 410,
    title: "This link was replaced",
    advice: "Use the newest one, or ask for a new one.",
    ...newLink,
  },
  TOKEN_REUSED: {
    status: 409,
    title: "This link was already used",
    advice: "Ask for a new one.",
    ...newLink,
  },

  EVENT_MALFORMED: {
    status: 400,
    title: "This is no notification",
    advice: "Send what SNS posts to an HTTP endpoint, as it is.",
  },
  EVENT_FORGED: {
    status: 403,
    title: "This notification is not believed",
    advice: "Its topic, its certificate or its signature is not the provider's.",
  },
  EVENT_STALE: {
    status: 403,
    title: "This notification is too old",
    advice: "Only what was signed within the last hour is taken.",
  },
  EVENT_UNVERIFIABLE: {
    status: 503,
    title: "The notification cannot be checked right now",
    advice: later,
    ...retry,
  },

  GUESS_LIMITED: {
    status: 429,
    title: "Too many wrong links",
    advice: "Wait as long as Retry-After says, or call the clinic.",
  },
  RESEND_LIMITED: {
    status: 429,
    title: "Enough links were sent",
    advice: "Wait as long as Retry-After says, or call the clinic.",
  },
  CHECKS_LIMITED: {
    status: 429,
    title: "Enough checks were recorded",
    advice: "Wait as long as Retry-After says, or call the clinic.",
  },
  FLOOD_LIMITED: { status: 429, title: "Too many requests", advice: later, ...retry },
  STREAMS_LIMITED: {
    status: 429,
    title: "Too many live streams for this visit",
    advice: "Close one, or ask GET …/state instead.",
  },

  CONTACT_REFUSED: {
    status: 502,
    title: "The contact centre refused the contact",
    advice: "An administrator must look at the contact flow.",
  },
  CLOUD_THROTTLED: { status: 503, title: "Many visits are starting right now", advice: later, ...retry },
  CLOUD_UNAVAILABLE: { status: 503, title: "The video service does not answer", advice: later, ...retry },
  DATABASE_UNAVAILABLE: { status: 503, title: "The database does not answer", advice: later, ...retry },
  NOT_READY: { status: 503, title: "The server is not ready", advice: later, ...retry },
  VIDEO_DISABLED: {
    status: 503,
    title: "Video visits are switched off",
    advice: "NEXT_PUBLIC_VIDEO_ENABLED is false on this server.",
  },
  FAULT: {
    status: 500,
    title: "Something went wrong on our side",
    advice: "Try again. If it stays, tell us the request id.",
  },
} as const satisfies Record<string, Words>;

export type ProblemCode = keyof typeof refusalWords;
