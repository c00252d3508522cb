import type { IncomingHttpHeaders } from "node:http";
import { isIP } from "node:net";

/** The name in a Host header, without its port and brackets, in lower case. */
function nameIn(host: string): string {
  const [, name = ""] = /^(\[[^\]]*\]|[^:]*)(?::\d+)?$/.exec(host) ?? [];
  return name.replace(/^\[|\]$/g, "").toLowerCase();
}

/**
 * True for a request that a page of somebody else's made a browser send, or that reached us under a name that is not ours. An
 * address cannot be rebound by DNS, a name can: names other than `localhost` must be in `names`. Programs send no Origin and pass;
 * so does a person who follows a link to the console.
 */
export function isForeign(
  method: string | undefined,
  headers: IncomingHttpHeaders,
  names: readonly string[],
): boolean {
  const { host = "", origin } = headers;
  const name = nameIn(host);
  if (name !== "localhost" && !isIP(name) && !names.includes(name)) return true;
  if (origin !== undefined) return !isOwn(origin, host);
  const followsLink = method === "GET" && headers["sec-fetch-mode"] === "navigate";
  return headers["sec-fetch-site"] === "cross-site" && !followsLink;
}

function isOwn(origin: string, host: string): boolean {
  try {
    return new URL(origin).host === host.toLowerCase();
  } catch {
    return false; // "null": a sandboxed frame, a file
  }
}
