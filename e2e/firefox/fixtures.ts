import { expect } from "playwright/test";
import { test as base } from "../fixtures";
import { type Firefox, openFirefox } from "./firefox";
import { chromiumParty, type FirefoxParty, firefoxParty, type Party } from "./party";

type Browsers = "Firefox" | "Chromium";
type Options = { phone?: boolean };

type Fixtures = {
  /**
   * Somebody at a Firefox of their own: of one Firefox, only the window in front goes on painting.
   * The test fails when a page of theirs logs an error or asks a stranger for anything.
   */
  newFirefox: (options?: Options) => Promise<FirefoxParty>;
  /** Somebody at a browser of that kind; what distinguishes them is as in `newVisitor`. */
  newParty: (browser: Browsers, options?: Options) => Promise<Party>;
};

export const test = base.extend<Fixtures>({
  newFirefox: async ({ started, tolerate }, use, info) => {
    const colours = ["yellow", "green", "violet"] as const;
    const parties: FirefoxParty[] = [];
    const opened: Firefox[] = [];
    try {
      await use(async (options = {}) => {
        const colour = colours[opened.length];
        if (!colour) throw new Error("a visit of this walk has three");
        const firefox = await openFirefox();
        opened.push(firefox);
        if (opened.length === 1) process.stdout.write(`Firefox ${firefox.version}\n`);
        const party = await firefoxParty(firefox, colour, options);
        parties.push(party);
        return party;
      });
      if (info.status !== info.expectedStatus)
        for (const [index, party] of parties.entries()) {
          await party.browser.wake();
          await party.screenshot(info.outputPath(`${index}.png`));
        }
    } finally {
      for (const firefox of opened) await firefox.close();
    }
    const troubles = opened.map((one) => one.takeTrouble());
    const [errors, hosts] = [troubles.flatMap((one) => one.errors), troubles.flatMap((one) => one.hosts)];
    const known = [started.appUrl, started.laptopUrl].map((url) => new URL(url).host);
    expect(hosts.filter((host) => !known.includes(host))).toEqual([]);
    expect(errors.filter((error) => !tolerate?.test(error))).toEqual([]);
  },
  newParty: async ({ newFirefox, newVisitor }, use) =>
    use((browser, options) =>
      browser === "Firefox" ? newFirefox(options) : newVisitor(options).then(chromiumParty),
    ),
});
