import type { Env } from "@/lib/env";

/** Where pages find the laptop cloud's signaling: through the door for phones when there is one; null in front of the real cloud. */
export function laptopOriginOf(
  env: Pick<Env, "AWS_ENDPOINT_URL" | "LAN_LISTEN" | "NEXT_PUBLIC_APP_URL">,
): string | null {
  if (env.LAN_LISTEN) return new URL(env.NEXT_PUBLIC_APP_URL).origin;
  return env.AWS_ENDPOINT_URL ? new URL(env.AWS_ENDPOINT_URL).origin : null;
}

/** What the headers depend on, from the environment. Origins without a path. */
export type HeaderSettings = {
  https: boolean;
  /** Only in `next dev`: hot reload needs eval, inline styles and a socket. */
  development: boolean;
  /** The laptop cloud's origin, or null in front of the real cloud. */
  laptopOrigin: string | null;
  /** Of the contact centre's own panel, which stands in the desk alone; null: there is none. */
  ccpOrigin: string | null;
  /** Whose pages may hold this one: a registered site's origins, for `embed` alone. */
  frames?: readonly string[];
};

/** The panel's origin, where the desk holds it: in front of the real cloud. */
export function ccpOriginOf(
  env: Pick<Env, "AWS_ENDPOINT_URL" | "NEXT_PUBLIC_CONNECT_CCP_URL">,
): string | null {
  if (env.AWS_ENDPOINT_URL || !env.NEXT_PUBLIC_CONNECT_CCP_URL) return null;
  return new URL(env.NEXT_PUBLIC_CONNECT_CCP_URL).origin;
}

type Profile = "door" | "room" | "check" | "desk" | "support" | "embed" | "page" | "data";

/** Our page that stands in a registered site's page, by that site's id. */
const embedded = /^\/embed\/([^/]+)$/;
/** @returns the id as it was written, or null: no such page. */
export const embeddedSiteOf = (path: string): string | null => embedded.exec(path)?.[1] ?? null;

/** `door`: the join pages; `room`: those of audio rooms; `check`: device checks, whose address is a secret too; `desk`: an agent's; `support`: a customer's calls; `embed`: those inside a registered site's page. They alone speak to the media endpoints. `data`: answers that no browser renders. */
export function profileOf(path: string): Profile {
  if (/^\/j(\/|$)/.test(path)) return "door";
  if (/^\/r(\/|$)/.test(path)) return "room";
  if (/^\/c(\/|$)/.test(path)) return "check";
  if (/^\/desk(\/|$)/.test(path)) return "desk";
  if (/^\/support(\/|$)/.test(path)) return "support";
  if (embedded.test(path)) return "embed";
  if (/^\/((api|auth)\/|rooms(\/|$)|start-call$)/.test(path)) return "data";
  return "page";
}

/** Where the Chime SDK may connect: its signaling and its meeting events. Media itself is WebRTC, which CSP doesn't govern. */
function mediaEndpoints(laptopOrigin: string | null): string[] {
  if (laptopOrigin === null) return ["https://*.chime.aws", "wss://*.chime.aws"];
  return [laptopOrigin, laptopOrigin.replace(/^http/, "ws")];
}

function contentSecurityPolicy(profile: Profile, nonce: string, settings: HeaderSettings): string {
  const { development, https, laptopOrigin } = settings;
  if (profile === "data")
    return "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
  const connect = ["'self'", ...(profile === "page" ? [] : mediaEndpoints(laptopOrigin))];
  const policy: Record<string, string[]> = {
    "default-src": ["'none'"],
    "script-src": [
      "'self'",
      `'nonce-${nonce}'`,
      "'strict-dynamic'",
      ...(development ? ["'unsafe-eval'"] : []),
    ],
    "style-src": development ? ["'self'", "'unsafe-inline'"] : ["'self'", `'nonce-${nonce}'`],
    "connect-src": development ? [...connect, "ws:"] : connect,
    "img-src": ["'self'", "data:", "blob:"],
    "font-src": ["'self'"],
    "media-src": ["'self'", "blob:"],
    "worker-src": ["'self'", "blob:"],
    "manifest-src": ["'self'"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": mayFrame(profile, settings),
    "frame-src": [panelIn(profile, settings) ?? "'none'"],
    ...(https ? { "upgrade-insecure-requests": [] } : {}),
  };
  return Object.entries(policy)
    .map(([name, values]) => [name, ...values].join(" "))
    .join("; ");
}

function mayFrame(profile: Profile, { frames = [] }: HeaderSettings): string[] {
  return profile === "embed" && frames.length > 0 ? [...frames] : ["'none'"];
}

const panelIn = (profile: Profile, { ccpOrigin }: HeaderSettings) => (profile === "desk" ? ccpOrigin : null);

/** What a page may use of the device; on the desk the panel, too. */
function permissions(panel: string | null): string {
  const who = panel ? `(self "${panel}")` : "(self)";
  const may = ["camera", "microphone", "display-capture", "speaker-selection", "autoplay"];
  return [
    ...may.map((one) => `${one}=${who}`),
    "screen-wake-lock=(self)",
    "geolocation=()",
    "payment=()",
    "usb=()",
  ].join(", ");
}

/** The script of `<vouchsafe-call>`, and what it shows: other sites load them. */
const isForEverybody = (profile: Profile, path: string) => profile === "embed" || path === "/api/widget.js";

/**
 * The security headers of one answer (bars.md "Safety figures").
 *
 * @param nonce fresh for each request; the same one goes to the renderer, in the request's own CSP header.
 */
export function securityHeaders(
  path: string,
  nonce: string,
  settings: HeaderSettings,
): Record<string, string> {
  const profile = profileOf(path);
  return {
    "content-security-policy": contentSecurityPolicy(profile, nonce, settings),
    "x-content-type-options": "nosniff",
    // A join link in a Referer would hand the visit to whoever is linked to; an invitation, an account or a record.
    "referrer-policy":
      profile === "page" && !/^\/(invited|connect)\//.test(path) ? "same-origin" : "no-referrer",
    "permissions-policy": permissions(panelIn(profile, settings)),
    // In a window of its own it is handed over by the page that opened it. It has no cookie of its own to lose.
    "cross-origin-opener-policy": profile === "embed" ? "unsafe-none" : "same-origin",
    "cross-origin-resource-policy": isForEverybody(profile, path) ? "cross-origin" : "same-origin",
    ...(settings.https ? { "strict-transport-security": "max-age=63072000; includeSubDomains" } : {}),
  };
}
