import { randomBytes } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { isIP } from "node:net";

export type TrustedProxy = "none" | "vercel" | "cloudfront";

const claims = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-real-ip",
  "x-client-ip",
];

/** Marks the headers that this process has settled. Nobody else knows it. */
const mark = "x-vouchsafe-settled";
const ours = randomBytes(32).toString("base64url");

/**
 * Replaces what a client may claim about where it comes from: afterwards `x-forwarded-for` and `x-real-ip` hold one
 * address, the socket's or the trusted proxy's word for it, and Next (which alone would let a client's header win)
 * believes no other host or scheme.
 *
 * Next asks this very server once more where a server action is sent to a page that does not hold it (somebody went on in the meantime), with the headers
 * of the first request. Those were settled then, and what the second one comes from is ourselves.
 *
 * @param about.scheme of the public address: TLS may end in front of us.
 */
export function settleClientAddress(
  headers: IncomingHttpHeaders,
  about: { remoteAddress: string | undefined; trusted: TrustedProxy; scheme: string },
): void {
  if (headers[mark] === ours) return;
  headers[mark] = ours;
  const address = vouchedAddress(headers, about.trusted) ?? plain(about.remoteAddress ?? "");
  for (const name of claims) delete headers[name];
  headers["x-forwarded-for"] = address;
  headers["x-real-ip"] = address;
  headers["x-forwarded-proto"] = about.scheme;
  if (headers.host) headers["x-forwarded-host"] = headers.host;
}

function vouchedAddress(headers: IncomingHttpHeaders, trusted: TrustedProxy): string | null {
  switch (trusted) {
    case "none":
      return null;
    case "vercel":
      return address(first(headers["x-vercel-forwarded-for"] ?? headers["x-forwarded-for"]));
    case "cloudfront":
      // `198.51.100.1:46532` or `2001:db8::1:46532`: the port stands behind the last colon.
      return address(first(headers["cloudfront-viewer-address"])?.replace(/:\d+$/, ""));
  }
}

function first(header: string | string[] | undefined): string | undefined {
  return (Array.isArray(header) ? header[0] : header)?.split(",")[0]?.trim();
}

function address(text: string | undefined): string | null {
  const bare = plain((text ?? "").replace(/^\[|\]$/g, ""));
  return isIP(bare) ? bare : null;
}

/** An IPv4 client on a dual-stack socket is written as IPv6; one client must not have two names. */
function plain(text: string): string {
  return text.replace(/^::ffff:(?=\d+\.)/i, "");
}
