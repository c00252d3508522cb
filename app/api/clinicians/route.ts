import { listClinicians } from "@/lib/clinicians/list-clinicians";
import { clinicianList } from "@/lib/http/answers/people";
import { endpoint } from "@/lib/http/endpoint";
import { ok } from "@/lib/kernel/result";

export const GET = endpoint({
  route: "GET /api/clinicians",
  summary: "Who sees patients, and where they are licensed today.",
  answer: clinicianList,
  run: async ({ deps, actor }) => ok(await listClinicians(deps, { actor })),
});
