import { isIP } from "node:net";
import type { Env } from "@/lib/env";
import type { Origin } from "@/lib/kernel/actor";

/**
 * Where a request came from. Trusts one header: the one that the operator's own edge overwrites (`TRUSTED_PROXY`). With `none` that
 * is `x-forwarded-for` as our own Node entry rewrites it from the socket; a client's own header never reaches this.
 */
export function readOrigin(headers: Headers, trustedProxy: Env["TRUSTED_PROXY"]): Origin {
  return { ip: address(headers, trustedProxy), userAgent: (headers.get("user-agent") ?? "").slice(0, 512) };
}

function address(headers: Headers, trustedProxy: Env["TRUSTED_PROXY"]): string {
  const named =
    trustedProxy === "vercel"
      ? (headers.get("x-vercel-forwarded-for") ?? headers.get("x-real-ip"))
      : trustedProxy === "cloudfront"
        ? headers.get("cloudfront-viewer-address")?.replace(/:\d+$/, "")
        : headers.get("x-forwarded-for");
  const first = (named ?? "")
    .split(",")[0]!
    .trim()
    .replace(/^\[|\]$/g, "");
  const plain = first.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "");
  return isIP(plain) ? plain : "unknown";
}

export function isLoopback(ip: string): boolean {
  return ip === "::1" || /^127\.\d+\.\d+\.\d+$/.test(ip);
}

/** What a limit counts by: an IPv4 address, or the /64 that one household or phone has of IPv6. */
export function limitKeyOf(ip: string): string {
  if (isIP(ip) !== 6) return ip;
  const [head = "", tail] = ip.toLowerCase().split("%")[0]!.split("::");
  const left = head ? head.split(":") : [];
  const right = tail ? tail.split(":") : [];
  const missing = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array.from({ length: missing }, () => "0"), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")}::/64`;
}
