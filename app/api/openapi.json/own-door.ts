import type { Described } from "@/lib/http/described";

/** What the document says of its own door: apart, because the door asks for the document, and the document for all doors. */
export const ownDoor = {
  route: "GET /api/openapi.json",
  summary: "This document: the whole API in OpenAPI 3.1.",
  details:
    "A page for people shows the same at `/developers`. With `If-None-Match` the answer is 304 while nothing has changed.",
  answer: { media: "application/json", holds: "an OpenAPI 3.1 document" },
} as const satisfies Described;
