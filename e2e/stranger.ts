import path from "node:path";
import { build } from "esbuild";
import type { Browser, Page } from "playwright/test";
import { type FakeMedia, fakeMedia } from "./fake-media";

/** A page without any code of ours, and with the vendor's SDK. */
export async function strangerPage(browser: Browser, appUrl: string, media: FakeMedia): Promise<Page> {
  const { outputFiles } = await build({
    entryPoints: [path.join(import.meta.dirname, "stranger-page.ts")],
    bundle: true,
    write: false,
    define: { global: "globalThis" },
    mainFields: ["browser", "module", "main"],
    logLevel: "error",
  });
  const context = await browser.newContext({ permissions: ["camera", "microphone"], bypassCSP: true });
  const page = await context.newPage();
  await fakeMedia(page, media);
  await page.goto(`${appUrl}/api/health`);
  await page.evaluate(outputFiles[0]?.text ?? "");
  return page;
}
