import AxeBuilder from "@axe-core/playwright";
import { type BrowserContext, test as base, expect, type Page } from "playwright/test";
import { type FakeMedia, fakeMedia } from "./fake-media";
import { type Inbox, openInbox } from "./inbox";
import { openStaffApi, type StaffApi } from "./staff-api";
import { readStarted, type Started } from "./started";

/** `phone`: a small screen with touch. */
export type VisitorOptions = { phone?: boolean };
export type Visitor = { page: Page; context: BrowserContext; media: FakeMedia };

type Fixtures = {
  /** Console errors that this test causes itself. */
  tolerate: RegExp | null;
  started: Started;
  inbox: Inbox;
  /** Signed in as the demo's scheduler. */
  api: StaffApi;
  /**
   * Somebody at a browser of their own: no cookies shared, a colour and a tone that nobody else of the test has.
   * The test fails when one of their pages logs an error or asks a stranger for anything.
   */
  newVisitor: (options?: VisitorOptions) => Promise<Visitor>;
  /** No violation that axe can find. */
  expectAccessible: (page: Page) => Promise<void>;
};

const cast: FakeMedia[] = [
  { colour: "red", toneHz: 440 },
  { colour: "blue", toneHz: 880 },
  { colour: "green", toneHz: 620 },
  { colour: "yellow", toneHz: 1240 },
];

/** On a busy machine the SDK sets a sender's bit rate before it ever asked for its parameters, and leaves the rejection to nobody. The next set succeeds. */
const theSdksOwnRace = /getParameters\(\) has never been called on this sender/;

export const test = base.extend<Fixtures>({
  tolerate: [null, { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern
  started: async ({}, use) => use(readStarted()),
  inbox: async ({ started }, use) => use(openInbox(started.laptopUrl)),
  api: async ({ started }, use) => use(await openStaffApi(started, "scheduler")),
  newVisitor: async ({ browser, started, tolerate }, use) => {
    const contexts: BrowserContext[] = [];
    const troubles: string[] = [];
    await use(async ({ phone = false } = {}) => {
      const media = cast[contexts.length];
      if (!media) throw new Error("the cast has four");
      const context = await browser.newContext({
        baseURL: started.appUrl,
        permissions: ["camera", "microphone"],
        viewport: phone ? { width: 390, height: 844 } : { width: 1280, height: 800 },
      });
      contexts.push(context);
      watchForTrouble(context, [started.appUrl, started.laptopUrl], troubles);
      const page = await context.newPage();
      await fakeMedia(page, media);
      return { page, context, media };
    });
    for (const context of contexts) await context.close();
    expect(troubles.filter((trouble) => !tolerate?.test(trouble))).toEqual([]);
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  expectAccessible: async ({}, use) =>
    use(async (page) => {
      await expect(page).toHaveTitle(/\S/); // Next may send the title behind the page
      // A document that is just being replaced has nothing in it yet; what is wrong with a page stays wrong.
      await expect(async () => {
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`),
        ).toEqual([]);
      }).toPass({ timeout: 15_000 }); // one look takes five seconds where the machine is busy
    }),
});

export { expect };

/** A link that is refused says so in its page's status (decision 0056), which the browser writes on the console. */
const isRefusal = (text: string, url: string) =>
  /responded with a status of 4(03|04|09|10|29)\b/.test(text) &&
  /^\/[jcr]\/[^/]+$/.test(new URL(url).pathname);

/** Errors on the console, uncaught ones, and requests to anybody but ourselves and the media endpoints. */
function watchForTrouble(context: BrowserContext, known: string[], troubles: string[]): void {
  const hosts = known.map((url) => new URL(url).host);
  context.on("weberror", (error) => {
    const { message } = error.error();
    if (!theSdksOwnRace.test(message)) troubles.push(`uncaught: ${message}`);
  });
  context.on("console", (message) => {
    const { url } = message.location();
    if (message.type() === "error" && !isRefusal(message.text(), url))
      troubles.push(`console: ${message.text()} (${url})`);
  });
  const look = (address: string) => {
    const url = new URL(address);
    if (/^(https?|wss?):$/.test(url.protocol) && !hosts.includes(url.host))
      troubles.push(`a request to a stranger: ${url.origin}`);
  };
  context.on("request", (request) => look(request.url()));
  context.on("page", (page) => page.on("websocket", (socket) => look(socket.url())));
}
