import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import { err } from "@/lib/kernel/result";
import { readLogo } from "@/lib/notifications/change-brand";

export const GET = endpoint({
  route: "GET /api/brand/logo",
  summary: "The clinic's logo.",
  details: "Each picture has an address of its own, so it may be kept for good.",
  answer: { media: "image/png", holds: "The picture, at most 1,024 by 512 pixels." },
  refuses: ["NOT_FOUND"],
  query: z.object({
    v: z
      .string()
      .regex(/^[0-9a-f]{32}$/)
      .meta({ examples: ["0123456789abcdef0123456789abcdef"] }),
  }),
  run: async ({ deps, query }) => {
    const png = await readLogo(deps, query.v);
    if (!png) return err({ code: "NOT_FOUND" } as const);
    return new Response(new Uint8Array(png), {
      headers: { "content-type": "image/png", "cache-control": "public, max-age=31536000, immutable" },
    });
  },
});
