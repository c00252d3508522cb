import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright";
import { chromiumArgs, findChromium } from "../e2e/chromium";

export async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath)
    throw new Error("no Chromium on this machine: run `npm test` once, or set CHROMIUM_PATH");
  return chromium.launch({ executablePath, args: chromiumArgs });
}

/** A page in a context of its own, whose camera and microphone ask nobody. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ permissions: ["camera", "microphone"], ...options });
  // tsx names functions by a helper of its own, also inside what we hand to the page.
  await context.addInitScript({ content: "globalThis.__name ??= (named) => named;" });
  return context.newPage();
}
