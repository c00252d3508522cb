import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import { readiness } from "@/lib/http/readiness";

export const GET = endpoint({
  route: "GET /api/ready",
  summary: "Readiness: 200 when the database, the keyring and the vault answer, else 503 with the same body.",
  alsoStatus: 503,
  answer: z.object({ ready: z.boolean(), checks: z.record(z.string(), z.enum(["ok", "failed"])) }),
  run: async ({ deps }) => {
    const state = await readiness(deps);
    return new Response(JSON.stringify(state), {
      status: state.ready ? 200 : 503,
      headers: { "content-type": "application/json", "cache-control": "no-store" },
    });
  },
});
