import { findFirefox } from "../e2e/firefox/find-firefox";
import { ensureChromium } from "./test/ensure-chromium";
import { runPlaywright } from "./test/playwright";
import { withSystem } from "./test/system";
import { describePart, describeTotal } from "./test/tally";

/**
 * `npm run firefox [filter]`: whole visits with the machine's Firefox at either end, and at both.
 * Not among `npm test`'s parts: it needs a Firefox, and installs none.
 */
if (!findFirefox()) {
  process.stderr.write(
    "This walk needs a Firefox. Install one (Debian: apt-get install firefox-esr), or set FIREFOX_PATH to it.\n",
  );
  process.exit(1);
}
process.env.CHROMIUM_PATH = await ensureChromium();
const filter = process.argv.slice(2);
const tally = await withSystem((startedFile) =>
  runPlaywright(startedFile, filter, ["e2e/firefox/playwright.config.ts"]),
);
process.stdout.write(`\n${describePart(tally)}\n${describeTotal([tally])}\n`);
process.exit(tally.failed === 0 ? 0 : 1);
