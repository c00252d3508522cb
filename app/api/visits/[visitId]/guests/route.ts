import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import * as input from "@/lib/http/visit-inputs";
import { inviteGuest } from "@/lib/visits/invite-guest";
import { listGuests } from "@/lib/visits/list-guests";

/** POST /api/visits/:visitId/guests: asks a caregiver, an interpreter or a student to a visit. The answer holds a credential. */
export const POST = endpoint({
  route: "POST /api/visits/[visitId]/guests",
  status: 201,
  body: z.object({
    role: input.guestRole,
    name: input.guestName,
    phone: input.phone.optional(),
    email: z.email().max(254).optional(),
    locale: z
      .string()
      .regex(/^[a-z]{2}(-[A-Z]{2})?$/)
      .optional(),
    timeZone: input.timeZone.optional(),
  }),
  run: ({ deps, actor, body, params }) => inviteGuest(deps, { actor, visitId: params.visitId!, ...body }),
});

/** GET /api/visits/:visitId/guests: who is invited (still). */
export const GET = endpoint({
  route: "GET /api/visits/[visitId]/guests",
  run: ({ deps, actor, params }) => listGuests(deps, { actor, visitId: params.visitId! }),
});
