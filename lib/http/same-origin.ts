/**
 * Did a page of ours send this? A cookie travels by itself, so whatever changes something on its strength must prove where it came from.
 * `Sec-Fetch-Site` cannot be set by a page; older browsers send `Origin`. Neither: not a browser that we know, so no.
 *
 * @param ownOrigins scheme, host and port, as the browser's bar shows them.
 */
export function isSameOrigin(headers: Headers, ownOrigins: readonly string[]): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin";
  const origin = headers.get("origin");
  return origin !== null && ownOrigins.includes(origin);
}
