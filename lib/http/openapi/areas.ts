import type { RouteName } from "@/lib/auth/access";

/** The document's chapters; a path belongs to the first that it fits. The last takes every path, so none is lost. */
const areas: { name: string; description: string; holds: RegExp }[] = [
  {
    name: "Accounts",
    description: "Seed 3's sign-up, log-in and passwords, in its own bodies and statuses.",
    holds: /^\/auth\//,
  },
  {
    name: "Links",
    description: "Join links: made, sent, looked at, taken back.",
    holds: /^\/api\/(links|token\/|visits\/\[visitId\]\/(links|notify|resend-link))/,
  },
  {
    name: "Guests",
    description: "Whoever is asked to a visit beside patient and clinician.",
    holds: /^\/api\/visits\/\[visitId\]\/guests/,
  },
  {
    name: "In the visit",
    description: "From a spent link to the end of the call.",
    holds:
      /^\/api\/visits\/\[visitId\]\/(start|admit|remove|share|speak|captions|recording|say|leave|chat|end|state|events|call-me|survey|trouble)$/,
  },
  {
    name: "The door",
    description: "What a join page and a device check send by themselves.",
    holds: /^\/api\/(door|check|connection|probe)/,
  },
  {
    name: "The patient's own page",
    description: "What a patient who is signed in reads of themselves.",
    holds: /^\/api\/me\//,
  },
  {
    name: "Audio rooms",
    description: "Private calls of two, without a picture (seed 2).",
    holds: /^\/api\/rooms/,
  },
  {
    name: "Calls to the contact center",
    description: "Seed 0: a customer who is signed in reaches an agent who knows who calls.",
    holds: /^\/api\/(start-call|support-call|host-sites|widget)/,
  },
  {
    name: "The desk",
    description: "What an agent's screen does: calls that ring there, and who is calling. For persons alone.",
    holds: /^\/api\/desk\//,
  },
  { name: "Visits", description: "The clinic's book.", holds: /^\/api\/visits/ },
  { name: "Audit", description: "What happened, for its readers alone.", holds: /^\/api\/audit/ },
  {
    name: "The service",
    description: "The process itself: its health, this document, and what providers tell it.",
    holds: /^\/api\/(health|ready|openapi\.json|events\/)/,
  },
  { name: "People and messages", description: "Who is who, and what was sent to them.", holds: /^/ },
];

export const tags = areas.map(({ name, description }) => ({ name, description }));

export function areaOf(route: RouteName): string {
  const path = route.slice(route.indexOf(" ") + 1);
  return areas.find(({ holds }) => holds.test(path))!.name;
}

/** What stands in a path. A name that is new in the table has a sentence here, or this does not compile. */
type ParamOf<Path extends string> = Path extends `${string}[${infer Name}]${infer Rest}`
  ? Name | ParamOf<Rest>
  : never;
export type PathParam = ParamOf<RouteName>;
export const paramWords: Record<PathParam, string> = {
  visitId: "The visit's id.",
  roomId: "The room's id, as its making answered it.",
  recordingId: "The recording's id, as the room's page has it.",
  patientId: "The patient's id.",
  contactId: "The contact's id, as the contact centre gave it.",
  guestId: "The guest's id, as the invitation answered it.",
  siteId: "The site's id, as People and keys shows it.",
  callId: "The call's id, as its start answered it.",
  callbackId: "The callback's id, as the list has it.",
  tokenId: "The link's id, as its making answered it.",
  shortCode: "The code of a short link: what stands behind `/j/` or `/c/` in its address.",
};
