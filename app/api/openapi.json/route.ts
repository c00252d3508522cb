import { endpoint } from "@/lib/http/endpoint";
import { apiDocument } from "./document";
import { ownDoor } from "./own-door";

export const GET = endpoint({
  ...ownDoor,
  run: async ({ request }) => {
    const { text, etag } = apiDocument();
    const headers = { etag, "cache-control": "public, max-age=300" };
    if (request.headers.get("if-none-match")?.split(/,\s*/).includes(etag))
      return new Response(null, { status: 304, headers });
    return new Response(text, { headers: { ...headers, "content-type": "application/json; charset=utf-8" } });
  },
});
