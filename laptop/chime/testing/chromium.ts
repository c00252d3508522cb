import { accessSync, constants } from "node:fs";
import { type Browser, chromium } from "playwright";

/** The machine's Chromium where there is one, else Playwright's own. */
function executablePath(): string | undefined {
  const named = process.env.CHROMIUM_PATH;
  if (named) return named;
  try {
    accessSync("/usr/bin/chromium", constants.X_OK);
    return "/usr/bin/chromium";
  } catch {
    return undefined;
  }
}

/** A browser with fake devices that may call on a loopback-only machine, and phones nobody. */
export function launchChromium(): Promise<Browser> {
  const path = executablePath();
  return chromium.launch({
    ...(path ? { executablePath: path } : {}),
    args: [
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      "--use-fake-ui-for-media-stream",
      "--use-fake-device-for-media-stream",
      "--allow-loopback-in-peer-connection",
      "--autoplay-policy=no-user-gesture-required",
      "--disable-gpu",
      "--disable-quic",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
}
