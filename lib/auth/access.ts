import type { FloodClass } from "@/lib/http/flood";
import type { Role } from "@/lib/kernel/actor";

/**
 * Who may knock at which door. Every route handler declares itself here by "METHOD /path" and gets no request that this table refuses;
 * a test walks the table against the files. What a caller may see behind the door is the use case's and row-level security's to say.
 *
 * `scope`: what an API key needs. `open`: no sign-in; says what proves the caller instead. An open door still learns who is signed in.
 * `embedded`: the session that a registered site's customer has inside its page opens this door too, and no other (`lib/host-sites/`).
 * `pages: "ours"`: no page of another site may knock, unless the operator listed it (`CORS_ALLOWED_ORIGINS`), cookies or not.
 */
export type Access =
  | { roles: readonly Role[]; scope: string; limit: FloodClass; embedded?: true }
  | { open: string; limit: FloodClass; embedded?: true; pages?: "ours" };

const carers = ["clinician", "scheduler", "admin"] as const;
const watchers = ["clinician", "agent", "scheduler", "admin"] as const;
/** Those who run the clinic's book. */
const desk = ["scheduler", "admin"] as const;
/** Those at whom calls ring. */
const agents = ["agent", "clinician", "admin"] as const;
/** An auditor reads the audit and nothing else. */
const auditReaders = ["auditor", "admin"] as const;

export const access = {
  "POST /api/visits": { roles: carers, scope: "visits", limit: "change" },
  "POST /api/visits/series": { roles: carers, scope: "visits", limit: "change" },
  "POST /api/visits/late": { roles: carers, scope: "visits", limit: "change" },
  "POST /api/visits/preview": { roles: carers, scope: "visits", limit: "look" },
  "GET /api/visits/events": { roles: watchers, scope: "visits", limit: "look" },
  "GET /api/visits": { roles: watchers, scope: "visits", limit: "look" },
  "GET /api/visits/export": { roles: carers, scope: "visits", limit: "export" },
  "GET /api/visits/[visitId]": { roles: watchers, scope: "visits", limit: "look" },
  "PATCH /api/visits/[visitId]": { roles: carers, scope: "visits", limit: "change" },
  "POST /api/visits/[visitId]/cancel": { roles: carers, scope: "visits", limit: "change" },
  "POST /api/visits/[visitId]/shift": { roles: carers, scope: "visits", limit: "change" },
  "GET /api/visits/[visitId]/series": { roles: watchers, scope: "visits", limit: "look" },
  "POST /api/visits/[visitId]/links": { roles: carers, scope: "visits", limit: "change" },
  "POST /api/visits/[visitId]/links/[tokenId]/revoke": { roles: carers, scope: "visits", limit: "change" },
  "POST /api/visits/[visitId]/notify": { roles: carers, scope: "visits", limit: "change" },
  "POST /api/visits/[visitId]/resend-link": {
    open: "a staff sign-in, or the old link as proof",
    limit: "change",
  },
  "POST /api/visits/[visitId]/start": { open: "the link in the body", limit: "redeem" },
  "POST /api/visits/[visitId]/admit": { open: "the clinician's link, or a staff sign-in", limit: "change" },
  "POST /api/visits/[visitId]/remove": { open: "the clinician's link, or a staff sign-in", limit: "change" },
  "POST /api/visits/[visitId]/share": { open: "the clinician's link, or a staff sign-in", limit: "change" },
  "POST /api/visits/[visitId]/recording": { open: "the visit session of whoever is inside", limit: "change" },
  "GET /api/visits/[visitId]/recordings/[recordingId]/sound": {
    roles: ["clinician", "admin"],
    scope: "visits",
    limit: "look",
  },
  "POST /api/visits/[visitId]/captions": { open: "the visit session of whoever is inside", limit: "change" },
  "POST /api/visits/[visitId]/say": { open: "the clinician's link, or a staff sign-in", limit: "change" },
  "POST /api/visits/[visitId]/leave": {
    open: "the visit session, or the browser that holds the link",
    limit: "change",
  },
  "POST /api/visits/[visitId]/chat": {
    open: "the visit session, or the browser that holds the link",
    limit: "change",
  },
  "POST /api/visits/[visitId]/call-me": { open: "the browser that holds the link", limit: "change" },
  "POST /api/visits/[visitId]/survey": { open: "the browser that holds the link", limit: "change" },
  "POST /api/visits/[visitId]/trouble": { open: "the browser that holds the link", limit: "change" },
  "POST /api/visits/[visitId]/end": { open: "the visit session, or a staff sign-in", limit: "change" },
  "POST /api/visits/[visitId]/late": { roles: carers, scope: "visits", limit: "change" },
  "GET /api/visits/[visitId]/complaint": { roles: carers, scope: "visits", limit: "look" },
  "GET /api/visits/[visitId]/notes": { roles: ["clinician", "admin"], scope: "visits", limit: "look" },
  "POST /api/visits/[visitId]/notes": { roles: ["clinician", "admin"], scope: "visits", limit: "change" },
  "POST /api/door/[shortCode]/arrival": { open: "the code in the address", limit: "redeem" },
  "POST /api/check/[shortCode]": { open: "the code in the address", limit: "redeem" },
  "POST /api/connection": { open: "the code in the body", limit: "redeem" },
  "POST /api/connection/end": { open: "the check's id, told to who began it", limit: "redeem" },
  "GET /api/probe": { open: "nothing: bytes to time", limit: "probe" },
  "POST /api/probe": { open: "nothing: bytes to time", limit: "probe" },
  "POST /api/door/[shortCode]/call-me": { open: "the code in the address", limit: "redeem" },
  "POST /api/visits/[visitId]/no-show": { roles: carers, scope: "visits", limit: "change" },
  "GET /api/visits/[visitId]/guests": { roles: watchers, scope: "visits", limit: "look" },
  "POST /api/visits/[visitId]/guests": { roles: carers, scope: "visits", limit: "change" },
  "POST /api/visits/[visitId]/guests/[guestId]/uninvite": { roles: carers, scope: "visits", limit: "change" },
  "POST /api/visits/[visitId]/speak": { open: "the clinician's link, or a staff sign-in", limit: "change" },
  "GET /api/visits/[visitId]/state": {
    open: "the browser that holds the link, or a staff sign-in",
    limit: "look",
  },
  "GET /api/visits/[visitId]/events": {
    open: "the browser that holds the link, or a staff sign-in",
    limit: "look",
  },
  "POST /api/token/redeem": { open: "the token in the body", limit: "redeem" },
  "GET /api/token/resolve/[shortCode]": { open: "the code in the address", limit: "redeem" },
  /** Audio rooms (seed 2): also at `/rooms` and `/rooms/[roomId]/join`, as the seed has them. */
  "POST /api/rooms": { roles: carers, scope: "rooms", limit: "change" },
  "GET /api/rooms": { roles: carers, scope: "rooms", limit: "look" },
  "GET /api/rooms/events": { roles: carers, scope: "rooms", limit: "look" },
  "GET /api/rooms/[roomId]": { roles: carers, scope: "rooms", limit: "look" },
  "POST /api/rooms/[roomId]/join": { open: "the invite in the body", limit: "redeem" },
  "POST /api/rooms/[roomId]/admit": { open: "the host's session, or a staff sign-in", limit: "change" },
  "POST /api/rooms/[roomId]/remove": { open: "the host's session, or a staff sign-in", limit: "change" },
  "POST /api/rooms/[roomId]/lock": { open: "the host's session, or a staff sign-in", limit: "change" },
  "POST /api/rooms/[roomId]/close": { open: "the host's session, or a staff sign-in", limit: "change" },
  "POST /api/rooms/[roomId]/leave": { open: "the room's session", limit: "change" },
  "POST /api/rooms/[roomId]/extend": { roles: carers, scope: "rooms", limit: "change" },
  "POST /api/rooms/[roomId]/links": { roles: carers, scope: "rooms", limit: "change" },
  "POST /api/rooms/[roomId]/send": { roles: carers, scope: "rooms", limit: "change" },
  "POST /api/rooms/[roomId]/recording": { open: "the room's session", limit: "change" },
  "GET /api/rooms/[roomId]/recordings/[recordingId]/sound": {
    roles: ["clinician", "admin"],
    scope: "rooms",
    limit: "look",
  },
  "GET /api/rooms/[roomId]/state": {
    open: "the browser that holds the invite, or a staff sign-in",
    limit: "look",
  },
  "GET /api/rooms/[roomId]/events": {
    open: "the browser that holds the invite, or a staff sign-in",
    limit: "look",
  },
  "GET /api/patients": { roles: carers, scope: "visits", limit: "look" },
  "POST /api/patients": { roles: desk, scope: "visits", limit: "change" },
  "GET /api/patients/export": { roles: carers, scope: "visits", limit: "export" },
  "GET /api/patients/[patientId]": { roles: carers, scope: "visits", limit: "look" },
  "PATCH /api/patients/[patientId]": { roles: desk, scope: "visits", limit: "change" },
  /** Seed 3's list. Whose rows there are is row-level security's to say: a customer finds their own. */
  "GET /api/customers": { roles: ["customer", ...watchers], scope: "customers", limit: "look" },
  /** What a patient reads of themselves; whose record that is, the use case and row-level security say. */
  "GET /api/me/visits": { roles: ["customer"], scope: "customers", limit: "look" },
  "GET /api/me/visits/[visitId]/calendar": { roles: ["customer"], scope: "customers", limit: "look" },
  "GET /api/me/data": { roles: ["customer"], scope: "customers", limit: "export" },
  "POST /api/start-call": {
    open: "the customer's session, or an access token",
    limit: "change",
    embedded: true,
  },
  "GET /api/support-calls": { roles: ["customer"], scope: "customers", limit: "look" },
  "GET /api/support-calls/[callId]": {
    roles: ["customer"],
    scope: "customers",
    limit: "look",
    embedded: true,
  },
  "GET /api/support-calls/[callId]/state": {
    roles: ["customer"],
    scope: "customers",
    limit: "look",
    embedded: true,
  },
  "GET /api/support-calls/[callId]/events": {
    roles: ["customer"],
    scope: "customers",
    limit: "look",
    embedded: true,
  },
  "POST /api/support-calls/[callId]/here": {
    open: "the customer's own sign-in",
    limit: "change",
    embedded: true,
  },
  "POST /api/support-calls/[callId]/keys": {
    open: "the customer's own sign-in",
    limit: "change",
    embedded: true,
  },
  "POST /api/support-calls/[callId]/rating": {
    open: "the customer's own sign-in",
    limit: "change",
    embedded: true,
  },
  "POST /api/support-calls/[callId]/end": {
    open: "the customer's own sign-in",
    limit: "change",
    embedded: true,
  },
  /** Sites whose pages hold our call: their server, then our page inside theirs. */
  "GET /api/widget.js": { open: "nothing: the same for everybody", limit: "look" },
  "POST /api/host-sites/[siteId]/handovers": { roles: ["admin"], scope: "handovers", limit: "change" },
  "POST /api/host-sites/[siteId]/sessions": {
    open: "the handover in the body",
    limit: "redeem",
    pages: "ours",
  },
  "POST /api/support-callbacks": { open: "the customer's own sign-in", limit: "change" },
  "POST /api/support-callbacks/cancel": { open: "the customer's own sign-in", limit: "change" },
  "POST /api/support-callbacks/put-off": { open: "the customer's own sign-in", limit: "change" },
  "GET /api/support-callbacks/state": { roles: ["customer"], scope: "customers", limit: "look" },
  "GET /api/support-callbacks/events": { roles: ["customer"], scope: "customers", limit: "look" },
  "GET /api/desk/callbacks/state": { roles: ["agent", "admin"], scope: "admin", limit: "look" },
  "GET /api/desk/callbacks/events": { roles: ["agent", "admin"], scope: "admin", limit: "look" },
  "POST /api/desk/callbacks/[callbackId]/take": {
    roles: ["agent", "admin"],
    scope: "admin",
    limit: "change",
  },
  "POST /api/desk/callbacks/[callbackId]/questions": {
    roles: ["agent", "admin"],
    scope: "admin",
    limit: "change",
  },
  "POST /api/desk/callbacks/[callbackId]/end": { roles: ["agent", "admin"], scope: "admin", limit: "change" },
  "GET /api/desk/events": { roles: agents, scope: "admin", limit: "look" },
  "POST /api/desk/acts": { roles: agents, scope: "admin", limit: "change" },
  "GET /api/desk/contacts/[contactId]": { roles: agents, scope: "admin", limit: "look" },
  "POST /api/desk/contacts/[contactId]/acts": { roles: agents, scope: "admin", limit: "change" },
  "POST /api/desk/contacts/[contactId]/notes": { roles: agents, scope: "admin", limit: "change" },
  "POST /api/desk/contacts/[contactId]/questions": { roles: agents, scope: "admin", limit: "change" },
  "GET /api/clinicians": { roles: watchers, scope: "visits", limit: "look" },
  "GET /api/links": { roles: desk, scope: "visits", limit: "look" },
  "GET /api/messages": { roles: desk, scope: "visits", limit: "look" },
  "GET /api/audit": { roles: auditReaders, scope: "audit", limit: "look" },
  "GET /api/audit/export": { roles: auditReaders, scope: "audit", limit: "export" },
  "POST /api/events/messages": { open: "the provider's signature on the notification", limit: "events" },
  "GET /api/health": { open: "nothing: says only that the process answers", limit: "look" },
  "GET /api/ready": { open: "nothing: says only what is ready", limit: "look" },
  "GET /api/openapi.json": { open: "nothing: the same for everybody", limit: "look" },
  "GET /api/brand/logo": { open: "nothing: the same for everybody", limit: "look" },
  "POST /auth/signup": {
    open: "nothing: a code by mail proves the address",
    limit: "account",
    pages: "ours",
  },
  "POST /auth/confirm-signup": { open: "the code that was mailed", limit: "account", pages: "ours" },
  "POST /auth/resend-code": {
    open: "nothing: a mail to the address, and one answer",
    limit: "account",
    pages: "ours",
  },
  "POST /auth/forgot-password": {
    open: "nothing: a mail to the address, and one answer",
    limit: "account",
    pages: "ours",
  },
  "POST /auth/reset-password": { open: "the code that was mailed", limit: "account", pages: "ours" },
  "POST /auth/login": { open: "email and password", limit: "signIn", pages: "ours" },
  "POST /auth/challenge": { open: "what log-in answered, and a code", limit: "signIn", pages: "ours" },
  "POST /auth/refresh": { open: "the refresh token", limit: "signIn", pages: "ours" },
  "POST /auth/logout": { open: "the access token, read by the route itself", limit: "change", pages: "ours" },
  "POST /auth/change-password": {
    open: "the access token and the old password",
    limit: "signIn",
    pages: "ours",
  },
  "GET /auth/me": { open: "the access token, read by the route itself", limit: "look" },
} as const satisfies Record<`${"GET" | "POST" | "PATCH"} /${string}`, Access>;

export type RouteName = keyof typeof access;

/** Who may open which staff page; `requirePage` asks it, a test walks it against the files. */
export const pages = {
  "/desk": agents,
  "/admin": watchers,
  "/admin/schedule": carers,
  "/admin/visits": watchers,
  "/admin/visits/[visitId]": watchers,
  "/admin/visits/new": carers,
  /** A clinician finds themselves there, and changes nothing. */
  "/admin/clinicians": carers,
  "/admin/clinicians/[clinicianId]": carers,
  /** A clinician finds those whom they have a visit with, and changes nothing. */
  "/admin/patients": carers,
  "/admin/patients/new": desk,
  "/admin/patients/[patientId]": carers,
  /** A clinician finds those that they made. */
  "/admin/rooms": carers,
  "/admin/rooms/[roomId]": carers,
  "/admin/messages": desk,
  "/admin/links": desk,
  "/admin/calls": desk,
  "/admin/audit": auditReaders,
  "/admin/settings/messages": ["admin"],
  "/admin/settings/reminders": ["admin"],
  "/admin/settings/retention": ["admin"],
  "/admin/settings/brand": ["admin"],
  "/admin/people": ["admin"],
  "/admin/people/[staffId]": ["admin"],
  "/admin/people/keys": ["admin"],
  "/admin/people/sites": ["admin"],
  /** What no page has. */
  "/admin/[...elsewhere]": watchers,
} as const satisfies Record<`/${"admin" | "desk"}${string}`, readonly Role[]>;
export type PageName = keyof typeof pages;

export const mayOpen = (page: PageName, role: Role): boolean =>
  (pages[page] as readonly Role[]).includes(role);

/** Where somebody begins who signs in. */
export const homeOf = (role: Role): "/visits" | "/desk" | "/admin" =>
  role === "customer" ? "/visits" : role === "agent" ? "/desk" : "/admin";

/** Paths that others of ours answer: next-auth's own handler. */
const foreign = /^\/api\/auth\//;

/** Split once: every request to a JSON door asks. */
const doors = Object.keys(access).map((name) => {
  const [method = "", pattern = ""] = name.split(" ");
  return { method, parts: pattern.split("/") };
});

/** Seeds 0 and 2 have these doors without `/api`. */
const seedPaths = /^\/(rooms(\/[^/]+\/join)?|start-call)$/;

/** The methods of a path, or null when no door stands there. `[name]` in the table matches one segment. */
export function methodsOf(path: string): string[] | null {
  if (foreign.test(path)) return ["GET", "POST"];
  const segments = (seedPaths.test(path) ? `/api${path}` : path).split("/");
  const fits = (part: string, index: number) =>
    part.startsWith("[") ? segments[index] !== "" : part === segments[index];
  const methods = doors
    .filter(({ parts }) => parts.length === segments.length && parts.every(fits))
    .map(({ method }) => method);
  return methods.length > 0 ? methods : null;
}
