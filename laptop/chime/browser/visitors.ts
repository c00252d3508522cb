import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { build } from "esbuild";
import type { Browser, Page } from "playwright";
import { launchChromium } from "../testing/chromium";
import type { JoinOptions, PageEvent } from "./page";

const html =
  "<!doctype html><meta charset=utf-8><title>a page of somebody else's</title><audio></audio><script src=/page.js></script>";

/** The unmodified SDK, bundled for a page that is not ours. */
async function bundlePage(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(import.meta.dirname, "page.ts")],
    bundle: true,
    write: false,
    define: { global: "globalThis" },
    mainFields: ["browser", "module", "main"],
    logLevel: "error",
  });
  return outputFiles[0]!.text;
}

/** One person in a browser of their own. */
export type Visitor = {
  name: string;
  page: Page;
  join(meeting: unknown, attendee: unknown, options?: JoinOptions): Promise<void>;
  /** Resolves with the first event since the last `forget` that has these facts. */
  saw(facts: Partial<PageEvent>): Promise<PageEvent>;
  events(): Promise<PageEvent[]>;
  forget(): Promise<void>;
  hears(hz: number): Promise<void>;
  doesNotHear(hz: number): Promise<void>;
  sees(who: string, channel: "red" | "green" | "blue"): Promise<void>;
  leave(): Promise<void>;
};

/** Louder than noise and codec artefacts, far below the test tones. dB. */
export const audibleDb = -60;
const silentDb = -85;

export async function openVisitors() {
  const script = await bundlePage();
  const server = createServer((request, response) => {
    const isScript = request.url === "/page.js";
    response.writeHead(200, { "content-type": isScript ? "text/javascript" : "text/html" });
    response.end(isScript ? script : html);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const browser: Browser = await launchChromium();
  const pageErrors: string[] = [];

  async function visit(name: string): Promise<Visitor> {
    const context = await browser.newContext({ permissions: ["camera", "microphone"] });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.on("pageerror", (error) => pageErrors.push(`${name}: ${error.message}`));
    await page.goto(url);
    return {
      name,
      page,
      join: (meeting, attendee, options = {}) =>
        page.evaluate(
          ([aMeeting, anAttendee, theOptions]) =>
            window.party.join(
              aMeeting as Record<string, unknown>,
              anAttendee as Record<string, unknown>,
              theOptions,
            ),
          [meeting, attendee, options] as const,
        ),
      async saw(facts) {
        const found = await page
          .waitForFunction(
            (wanted) =>
              window.party.events.find((event) =>
                Object.entries(wanted).every(([name, value]) => event[name] === value),
              ),
            facts,
            { polling: 20 },
          )
          .catch(async (cause: unknown) => {
            const seen = JSON.stringify(await page.evaluate(() => window.party.events));
            throw new Error(`${name} never saw ${JSON.stringify(facts)}, only ${seen}`, { cause });
          });
        return (await found.jsonValue()) as PageEvent;
      },
      events: () => page.evaluate(() => [...window.party.events]),
      forget: () =>
        page.evaluate(() => {
          window.party.events.length = 0;
        }),
      async hears(hz) {
        await page.waitForFunction(([at, db]) => window.party.loudnessAt(at) > db, [hz, audibleDb] as const, {
          polling: 50,
        });
      },
      async doesNotHear(hz) {
        await page.waitForFunction(([at, db]) => window.party.loudnessAt(at) < db, [hz, silentDb] as const, {
          polling: 50,
        });
      },
      async sees(who, channel) {
        await page.waitForFunction(
          ([person, strong]) => {
            const color = window.party.colorOf(person);
            const weak = [0, 1, 2].filter((each) => each !== strong);
            return color !== null && color[strong]! > 130 && weak.every((each) => color[each]! < 90);
          },
          [who, ["red", "green", "blue"].indexOf(channel)] as const,
          { polling: 50 },
        );
      },
      leave: () => context.close(),
    };
  }

  return {
    visit,
    pageErrors,
    async close() {
      await browser.close();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
