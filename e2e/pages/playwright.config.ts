import calls from "../playwright.config";

/** Walks through pages, where nothing is measured and nobody needs what another changes: two at a time. */
export default {
  ...calls,
  testDir: ".",
  testIgnore: [],
  outputDir: "../../test-results/pages",
  workers: 2,
};
