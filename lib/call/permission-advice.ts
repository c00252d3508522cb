/** Where somebody stands who must allow a camera: their steps differ. */
export type Place =
  | "in-app-ios"
  | "in-app-android"
  | "safari-ios"
  | "chrome-ios"
  | "chrome-android"
  | "samsung"
  | "safari-mac"
  | "firefox"
  | "firefox-android"
  | "chrome"
  | "edge"
  | "other";

/** Reads the browser's self-description. Advice only: what a browser can do is asked of the browser itself. */
export function placeOf(userAgent: string, maxTouchPoints = 0): Place {
  const ios = isIos(userAgent, maxTouchPoints);
  const android = /Android/.test(userAgent);
  if (isInApp(userAgent, ios)) return ios ? "in-app-ios" : "in-app-android";
  if (ios) return /CriOS|FxiOS|EdgiOS/.test(userAgent) ? "chrome-ios" : "safari-ios";
  if (/SamsungBrowser/.test(userAgent)) return "samsung";
  if (/Firefox/.test(userAgent)) return android ? "firefox-android" : "firefox";
  if (/Edg\//.test(userAgent)) return "edge";
  if (/Chrome|Chromium/.test(userAgent)) return android ? "chrome-android" : "chrome";
  if (/Macintosh.*Safari/.test(userAgent)) return "safari-mac";
  return "other";
}

/** A browser inside another app: it often has no camera at all, and its address bar no settings. */
function isInApp(userAgent: string, ios: boolean): boolean {
  const apps =
    /FBAN|FBAV|FB_IAB|Instagram|Line\/|MicroMessenger|Snapchat|TikTok|musical_ly|BytedanceWebview|GSA\/|LinkedInApp|Twitter|Pinterest|KAKAOTALK/;
  if (apps.test(userAgent)) return true;
  if (/Android.*; wv\)/.test(userAgent)) return true;
  // Every browser app on an iPhone names Safari; a bare web view doesn't.
  return ios && /AppleWebKit/.test(userAgent) && !/Safari\//.test(userAgent);
}

/** What the browser says it runs on. */
export type System = "ios" | "android" | "windows" | "mac" | "linux" | "other";
export function systemOf(userAgent: string, maxTouchPoints = 0): System {
  if (isIos(userAgent, maxTouchPoints)) return "ios";
  if (/Android/.test(userAgent)) return "android";
  if (/Windows/.test(userAgent)) return "windows";
  if (/Macintosh/.test(userAgent)) return "mac";
  return /Linux|CrOS/.test(userAgent) ? "linux" : "other";
}

/** An iPad calls itself a Mac; no Mac has a touch screen. */
const isIos = (userAgent: string, maxTouchPoints: number) =>
  /iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1);

/**
 * The same page in the phone's own browser, for who stands in another app's on Android (intent: links, as Chrome documents them). Where there is no
 * Chrome the page itself is opened again.
 */
export function chromeIntent(address: string): string {
  const { host, pathname, search, protocol } = new URL(address);
  const extras = `S.browser_fallback_url=${encodeURIComponent(address)}`;
  return `intent://${host}${pathname}${search}#Intent;scheme=${protocol.slice(0, -1)};package=com.android.chrome;${extras};end`;
}
