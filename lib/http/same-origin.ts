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

/**
 * Did a page of a stranger's send this? Browsers say where a request comes from (`Sec-Fetch-Site`, `Origin`); a caller that is no browser says
 * neither, and is no page.
 *
 * @param origins ours, and those that the operator listed.
 */
export function isForeignPage(headers: Headers, origins: readonly string[]): boolean {
  const [site, origin] = [headers.get("sec-fetch-site"), headers.get("origin")];
  if (site === "same-origin" || (site === null && origin === null)) return false;
  return origin === null || !origins.includes(origin);
}
