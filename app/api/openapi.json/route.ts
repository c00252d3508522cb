import { endpoint } from "@/lib/http/endpoint";
import { apiDocument } from "./document";

export const GET = endpoint({
  route: "GET /api/openapi.json",
  summary: "This document: the whole API in OpenAPI 3.1.",
  details:
    "A page for people shows the same at `/developers`. With `If-None-Match` the answer is 304 while nothing has changed.",
  answer: { media: "application/json", holds: "an OpenAPI 3.1 document" },
  run: async ({ request }) => {
    const { text, etag } = apiDocument();
    const headers = { etag, "cache-control": "public, max-age=300" };
    if (request.headers.get("if-none-match")?.split(/,\s*/).includes(etag))
      return new Response(null, { status: 304, headers });
    return new Response(text, { headers: { ...headers, "content-type": "application/json; charset=utf-8" } });
  },
});
