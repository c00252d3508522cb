import { defineConfig } from "playwright/test";
import { chromiumArgs, findChromium } from "./chromium";

/** One worker: media tests measure time, and two calls at once on two cores would measure each other. */
export default defineConfig({
  testDir: ".",
  testMatch: "**/*.spec.ts",
  testIgnore: "pages/**",
  outputDir: "../test-results",
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  timeout: 120_000,
  expect: { timeout: 10_000 },
  use: {
    browserName: "chromium",
    launchOptions: { executablePath: findChromium() ?? undefined, args: chromiumArgs },
    screenshot: "only-on-failure",
    // Recording every frame of two calls costs a fifth of the run; where one fails, it is run again by itself.
    trace: process.env.CI ? "off" : "retain-on-failure",
  },
});
