import { createHash } from "node:crypto";
import { documentOf } from "@/lib/http/openapi/document";
import type { OpenApiDocument } from "@/lib/http/openapi/types";
import { everyDoor } from "./doors";

type Written = { document: OpenApiDocument; text: string; etag: string };
let written: Written | undefined;

/** The API's document, made when the first reader comes and then kept: it changes with the program alone. */
export function apiDocument(): Written {
  if (!written) {
    const document = documentOf(everyDoor());
    const text = JSON.stringify(document);
    written = {
      document,
      text,
      etag: `"${createHash("sha256").update(text).digest("base64url").slice(0, 22)}"`,
    };
  }
  return written;
}
