import { readFileSync } from "node:fs";
import type { ApiResponse } from "../wire";

const types: Record<string, string> = {
  "tokens.css": "text/css; charset=utf-8",
  "console.css": "text/css; charset=utf-8",
  "bank.css": "text/css; charset=utf-8",
  "console.js": "text/javascript; charset=utf-8",
  "icon.svg": "image/svg+xml",
  "fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2": "font/woff2",
  "fonts/atkinson-hyperlegible-next-latin-ext-wght-normal.woff2": "font/woff2",
};
const prefix = "/console/assets/";

/** The console's own files: a list of names, so that no path reaches anything else. */
export function asset(path: string): ApiResponse | null {
  const name = path.startsWith(prefix) ? path.slice(prefix.length) : "";
  if (!Object.hasOwn(types, name)) return null;
  return {
    status: 200,
    headers: {
      "content-type": types[name]!,
      "cache-control": name.startsWith("fonts/") ? "max-age=86400" : "no-cache",
      "x-content-type-options": "nosniff",
    },
    body: readFileSync(new URL(`./assets/${name}`, import.meta.url)),
  };
}
