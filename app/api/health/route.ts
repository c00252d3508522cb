import { z } from "zod";
import type { RouteName } from "@/lib/auth/access";
import type { Described } from "@/lib/http/described";

const route = "GET /api/health" satisfies RouteName;

/** It asks nobody, so that a slow database doesn't get a healthy process killed. */
export const GET = Object.assign(
  async () =>
    new Response(JSON.stringify({ status: "ok" }), {
      headers: { "content-type": "application/json", "cache-control": "no-store" },
    }),
  {
    route,
    describes: {
      route,
      summary: "Liveness: the process answers.",
      answer: z.object({ status: z.literal("ok") }),
    } satisfies Described,
  },
);
