import { guestList, invitedGuest } from "@/lib/http/answers/links";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import * as input from "@/lib/http/visit-inputs";
import { inviteGuest } from "@/lib/visits/invite-guest";
import { listGuests } from "@/lib/visits/list-guests";

export const POST = endpoint({
  route: "POST /api/visits/[visitId]/guests",
  summary: "Asks a caregiver, an interpreter or a student to a visit.",
  details: "The answer holds a credential.",
  answer: invitedGuest,
  refuses: [
    ...refusals.visit,
    ...refusals.closed,
    "VISIT_WINDOW_CLOSED",
    "GUESTS_FULL",
    "GUESTS_NEED_MEETING",
  ],
  status: 201,
  body: input.guest,
  run: ({ deps, actor, body, params }) => inviteGuest(deps, { actor, visitId: params.visitId!, ...body }),
});

export const GET = endpoint({
  route: "GET /api/visits/[visitId]/guests",
  summary: "Who is invited to a visit beside patient and clinician.",
  answer: guestList,
  refuses: ["VISIT_UNKNOWN"],
  run: ({ deps, actor, params }) => listGuests(deps, { actor, visitId: params.visitId! }),
});
