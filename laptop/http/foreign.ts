import type { IncomingHttpHeaders } from "node:http";

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i;

/**
 * True for a request that a page of somebody else's made a browser send, or that reached us under a name that is not ours (DNS rebinding).
 * Programs send no Origin and name us by address: they pass.
 */
export function isForeign(headers: IncomingHttpHeaders, ownHosts: readonly string[]): boolean {
  const host = headers.host ?? "";
  if (!loopback.test(host) && !ownHosts.includes(host)) return true;
  const { origin } = headers;
  if (origin === undefined) return headers["sec-fetch-site"] === "cross-site";
  try {
    return new URL(origin).host !== host;
  } catch {
    return true; // "null", or no origin at all
  }
}
