import { randomBytes } from "node:crypto";
import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import { ok } from "@/lib/kernel/result";

/** Bytes that nothing on the way can make smaller, drawn once for the process. */
const bytes = new Uint8Array(randomBytes(192 * 1024));

export const GET = endpoint({
  route: "GET /api/probe",
  summary: "192 kB, for a device check to time.",
  answer: { media: "application/octet-stream", holds: "bytes that nothing on the way can make smaller" },
  run: async () =>
    new Response(bytes, {
      headers: { "content-type": "application/octet-stream", "cache-control": "no-store" },
    }),
});

export const POST = endpoint({
  route: "POST /api/probe",
  summary: "Takes a body of 64 kB at most and forgets it, for a device check to time.",
  answer: z.object({}),
  run: async () => ok({}),
});
