import { z } from "zod";
import { patientPage } from "@/lib/http/answers/people";
import { endpoint } from "@/lib/http/endpoint";
import * as input from "@/lib/http/visit-inputs";
import { ok } from "@/lib/kernel/result";
import { listPatients } from "@/lib/visits/list-people";

export const GET = endpoint({
  route: "GET /api/patients",
  summary: "Finds patients by name.",
  details: "Each search is recorded; contacts are masked.",
  answer: patientPage,
  query: z.object({ q: z.string().max(100).optional(), ...input.page }),
  run: async ({ deps, actor, query }) => ok(await listPatients(deps, { actor, ...query })),
});
