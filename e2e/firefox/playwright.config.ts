import { defineConfig } from "playwright/test";
import suite from "../playwright.config";

/** `npm run firefox`: beside the suite and like it, for machines that have a Firefox. */
export default defineConfig({
  ...suite,
  testMatch: "**/*.walk.ts",
  outputDir: "../../test-results/firefox",
  timeout: 240_000,
});
