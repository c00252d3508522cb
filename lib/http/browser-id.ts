/** The cookie that makes a browser the holder of the links it opened. Its value is a bearer secret: stored only as a keyed hash. */
export const browserCookie = "vs_browser";
/** Seconds. Long enough for a link that was opened when the visit was booked. Renewed at each visit to the door. */
export const browserCookieMaxAgeSeconds = 90 * 24 * 3600;

const shape = /^[A-Za-z0-9_-]{43}$/;

/** What the browser sent, or "" when that is nothing of ours. */
export function readBrowserId(value: string | undefined): string {
  return value !== undefined && shape.test(value) ? value : "";
}

/** 256 random bits, base64url. */
export function newBrowserId(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64url");
}
