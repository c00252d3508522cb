import { endpoint } from "@/lib/http/endpoint";
import { readiness } from "@/lib/http/readiness";

/** Readiness: 200 when the database (durable), the keyring and the vault answer, else 503. */
export const GET = endpoint({
  route: "GET /api/ready",
  run: async ({ deps }) => {
    const state = await readiness(deps);
    return new Response(JSON.stringify(state), {
      status: state.ready ? 200 : 503,
      headers: { "content-type": "application/json", "cache-control": "no-store" },
    });
  },
});
