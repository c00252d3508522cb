import { type Access, access, type RouteName } from "@/lib/auth/access";
import { browserCookie } from "@/lib/http/browser-id";
import type { Security } from "./types";

export const securitySchemes = {
  accessToken: {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description: "Cognito's access token, as POST /auth/login answers it.",
  },
  apiKey: {
    type: "apiKey",
    in: "header",
    name: "X-Admin-Key",
    description: "An API key, for programs. It does what its scopes say; `admin` is all of them.",
  },
  session: {
    type: "apiKey",
    in: "cookie",
    name: "vouchsafe.session",
    description:
      "The cookie of who is signed in on our own pages (`__Host-vouchsafe.session` over HTTPS). A change must come from a page of ours.",
  },
  visitSession: {
    type: "http",
    scheme: "bearer",
    description:
      "The `sessionToken` that POST …/start or …/join answered: good for that seat of that visit or room, until it is closed.",
  },
  hostSession: {
    type: "http",
    scheme: "bearer",
    description:
      "The `session` that POST /api/host-sites/{siteId}/sessions answered, inside a registered site's page: good for calls alone.",
  },
  linkBrowser: {
    type: "apiKey",
    in: "cookie",
    name: browserCookie,
    description:
      "The browser that holds a link: marked when it opened the link, named by `?seat=`. A program sends its `Idempotency-Key` of the start, or of the join, instead.",
  },
} as const;
type Scheme = keyof typeof securitySchemes;

const staff: Scheme[] = ["accessToken", "apiKey", "session"];
/** The proofs that the table names in words, as schemes. A sentence that is new in the table stands here, or this does not compile. */
const proofs: Record<Extract<(typeof access)[RouteName], { open: string }>["open"], readonly Scheme[]> = {
  "a staff sign-in, or the old link as proof": staff,
  "the link in the body": [],
  "the clinician's link, or a staff sign-in": ["visitSession", "linkBrowser", ...staff],
  "the visit session of whoever is inside": ["visitSession", "linkBrowser"],
  "the visit session, or the browser that holds the link": ["visitSession", "linkBrowser"],
  "the browser that holds the link": ["linkBrowser"],
  "the browser that holds the link, or a staff sign-in": ["visitSession", "linkBrowser", ...staff],
  "the visit session, or a staff sign-in": ["visitSession", ...staff],
  "the invite in the body": [],
  "the host's session, or a staff sign-in": ["visitSession", "linkBrowser", ...staff],
  "the room's session": ["visitSession", "linkBrowser"],
  "the browser that holds the invite, or a staff sign-in": ["visitSession", "linkBrowser", ...staff],
  "the customer's session, or an access token": ["accessToken", "session", "hostSession"],
  "the customer's own sign-in": ["accessToken", "session", "hostSession"],
  "the handover in the body": [],
  "the code in the address": [],
  "the code in the body": [],
  "the check's id, told to who began it": [],
  "the token in the body": [],
  "the provider's signature on the notification": [],
  "nothing: bytes to time": [],
  "nothing: says only that the process answers": [],
  "nothing: says only what is ready": [],
  "nothing: the same for everybody": [],
  "nothing: a code by mail proves the address": [],
  "nothing: a mail to the address, and one answer": [],
  "the code that was mailed": [],
  "email and password": [],
  "what log-in answered, and a code": [],
  "the refresh token": [],
  "the access token, read by the route itself": ["accessToken"],
  "the access token and the old password": ["accessToken"],
};
/** A proof that also stands in the body, so that no header is needed. */
const alsoInBody: readonly string[] = ["a staff sign-in, or the old link as proof"];

/** Any one of these opens the door; `{}`: none is needed, for the proof is in the address or the body. */
export function securityOf(route: RouteName, { persons }: { persons?: true | undefined }): Security[] {
  const rule: Access = access[route];
  if (!("open" in rule)) {
    const theirs: Scheme[] = rule.embedded ? [...staff, "hostSession"] : staff;
    return theirs.filter((name) => !(persons && name === "apiKey")).map(scheme);
  }
  const named = proofs[rule.open as keyof typeof proofs];
  return named.length === 0 || alsoInBody.includes(rule.open)
    ? [{}, ...named.map(scheme)]
    : named.map(scheme);
}

const scheme = (name: Scheme): Security => ({ [name]: [] });
