import type { RouteName } from "@/lib/auth/access";

/** Liveness: the process answers. It asks nobody, so that a slow database doesn't get a healthy process killed. */
export const GET = Object.assign(
  async () =>
    new Response(JSON.stringify({ status: "ok" }), {
      headers: { "content-type": "application/json", "cache-control": "no-store" },
    }),
  { route: "GET /api/health" satisfies RouteName },
);
