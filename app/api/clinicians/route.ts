import { endpoint } from "@/lib/http/endpoint";
import { ok } from "@/lib/kernel/result";
import { listClinicians } from "@/lib/visits/list-people";

/** GET /api/clinicians: who sees patients, and where they are licensed today. */
export const GET = endpoint({
  route: "GET /api/clinicians",
  run: async ({ deps, actor }) => ok(await listClinicians(deps, { actor })),
});
