import { expect } from "playwright/test";
import { test as base } from "../fixtures";
import { type Firefox, openFirefox } from "./firefox";
import { chromiumParty, firefoxParty, type Party } from "./party";

type Browsers = "Firefox" | "Chromium";

type Fixtures = {
  /**
   * Somebody at a browser of their own, of that kind; what distinguishes them is as in `newVisitor`.
   * The test fails when a page of theirs logs an error or asks a stranger for anything.
   */
  newParty: (browser: Browsers, options?: { phone?: boolean }) => Promise<Party>;
};

export const test = base.extend<Fixtures, { firefox: Firefox }>({
  firefox: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern
    async ({}, use) => {
      const firefox = await openFirefox();
      process.stdout.write(`Firefox ${firefox.version}\n`);
      await use(firefox);
      await firefox.close();
    },
    { scope: "worker" },
  ],
  newParty: async ({ firefox, newVisitor, started, tolerate }, use, info) => {
    const colours = ["yellow", "green", "violet"] as const;
    const parties: Party[] = [];
    const used: Firefox[] = [];
    firefox.takeTrouble();
    await use(async (browser, options = {}) => {
      const colour = colours[parties.length];
      if (!colour) throw new Error("a visit of this walk has three");
      // Each at a computer of their own: of one Firefox, only the window in front goes on painting.
      const openOne = async () => {
        const own = used.length === 0 ? firefox : await openFirefox();
        used.push(own);
        return firefoxParty(own, colour, options);
      };
      const party = browser === "Firefox" ? await openOne() : chromiumParty(await newVisitor(options));
      parties.push(party);
      return party;
    });
    if (info.status !== info.expectedStatus)
      for (const [index, party] of parties.entries()) await party.screenshot(info.outputPath(`${index}.png`));
    for (const party of parties) await party.close();
    const troubles = used.map((one) => one.takeTrouble());
    for (const own of used.slice(1)) await own.close();
    const [errors, hosts] = [troubles.flatMap((one) => one.errors), troubles.flatMap((one) => one.hosts)];
    const known = [started.appUrl, started.laptopUrl].map((url) => new URL(url).host);
    expect(hosts.filter((host) => !known.includes(host))).toEqual([]);
    expect(errors.filter((error) => !tolerate?.test(error))).toEqual([]);
  },
});
