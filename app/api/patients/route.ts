import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import * as input from "@/lib/http/visit-inputs";
import { ok } from "@/lib/kernel/result";
import { listPatients } from "@/lib/visits/list-people";

/** GET /api/patients?q=: patients by name. Each search is recorded; contacts are masked. */
export const GET = endpoint({
  route: "GET /api/patients",
  query: z.object({ q: z.string().max(100).optional(), ...input.page }),
  run: async ({ deps, actor, query }) => ok(await listPatients(deps, { actor, ...query })),
});
