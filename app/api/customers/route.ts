import { z } from "zod";
import { accountRefusal } from "@/lib/http/account-refusal";
import { customerPage } from "@/lib/http/answers/people";
import { endpoint } from "@/lib/http/endpoint";
import * as input from "@/lib/http/visit-inputs";
import { ok } from "@/lib/kernel/result";
import { listPatients } from "@/lib/patients/list-patients";

export const GET = endpoint({
  route: "GET /api/customers",
  summary: "The customers that the caller may see, by name (seed 3).",
  details:
    "Staff who keep the book see all of it, a customer sees their own row. `customer_id` is what seed 3's calls name them by. Contacts are masked; each list is recorded.",
  answer: customerPage,
  query: z.object({ q: z.string().max(100).optional(), ...input.page }),
  refused: accountRefusal,
  run: async ({ deps, actor, query }) => {
    const { patients, nextCursor } = await listPatients(deps, { actor, ...query });
    return ok({
      success: true,
      customers: patients.map((one) => ({
        customer_id: one.externalId ?? one.patientId,
        id: one.patientId,
        first_name: one.firstName,
        last_name: one.lastName,
        phone: one.phone,
        email: one.email,
        tier: one.tier,
        state: one.state,
        time_zone: one.timeZone,
      })),
      next_cursor: nextCursor,
    });
  },
});
