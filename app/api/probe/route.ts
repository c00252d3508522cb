import { randomBytes } from "node:crypto";
import { endpoint } from "@/lib/http/endpoint";
import { ok } from "@/lib/kernel/result";

/** Bytes that nothing on the way can make smaller, drawn once for the process. */
const bytes = new Uint8Array(randomBytes(192 * 1024));

/** GET /api/probe: 192 kB, for a device check to time. */
export const GET = endpoint({
  route: "GET /api/probe",
  run: async () =>
    new Response(bytes, {
      headers: { "content-type": "application/octet-stream", "cache-control": "no-store" },
    }),
});

/** POST /api/probe: takes a body of 64 kB at most and forgets it, for a device check to time. */
export const POST = endpoint({ route: "POST /api/probe", run: async () => ok({}) });
