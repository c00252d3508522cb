import { expect } from "playwright/test";
import { joinVisit, openPreview } from "../call";
import { type Colour, coloursSeen, fakeMedia, othersMove, toneHeard } from "../fake-media";
import type { Visitor } from "../fixtures";
import { type Firefox, firefoxToneHz } from "./firefox";
import { loudness, watchConnections } from "./loudness";
import type { FirefoxPage } from "./page";

const withinMs = 30_000;
const checkButton = "Check your connection";
const phone = { width: 390, height: 844 };
const desk = { width: 1280, height: 800 };

/** One side of a visit, in whichever browser. All of it waits until it is so, and fails when it doesn't become so. */
export type Party = {
  shows: Colour;
  plays: number;
  /** From the link to the press on Join. */
  join(link: string): Promise<void>;
  /** From the link to the door's check of connection and device. */
  check(link: string): Promise<void>;
  press(button: string): Promise<void>;
  reads(text: string | RegExp): Promise<void>;
  sees(other: Party): Promise<void>;
  hears(other: Party): Promise<void>;
  hearsNothing(): Promise<void>;
  reload(): Promise<void>;
  screenshot(path: string): Promise<void>;
};

/** A party in Firefox, and what only a walk there asks of its browser. */
export type FirefoxParty = Party & {
  browser: Firefox;
  page: FirefoxPage;
  /** From a link to the preview. */
  arrive(link: string): Promise<void>;
  /** The same person in another tab, in front of this one. */
  openTab(): Promise<Pick<FirefoxParty, keyof Party | "arrive">>;
};

const poll = <Value>(look: () => Promise<Value>, message: string) =>
  expect.poll(look, { message, timeout: withinMs });

async function seesMoving(
  name: string,
  page: Parameters<typeof coloursSeen>[0] & Parameters<typeof othersMove>[0],
  other: Party,
): Promise<void> {
  await poll(() => coloursSeen(page), `${name} sees ${other.shows}`).toContain(other.shows);
  await poll(() => othersMove(page), `${name} sees ${other.shows} move`).toBe(true);
}

export function chromiumParty(visitor: Visitor): Party {
  const { page, media } = visitor;
  return {
    shows: media.colour,
    plays: media.toneHz,
    join: (link) => joinVisit(visitor, link),
    async check(link) {
      await openPreview(visitor, link);
      await page.getByRole("button", { name: checkButton }).click();
    },
    press: (name) => page.getByRole("button", { name, exact: true }).last().click(),
    reads: (text) => expect(page.locator("body")).toContainText(text, { timeout: withinMs }),
    sees: (other) => seesMoving("Chromium", page, other),
    hears: (other) =>
      poll(
        async () => Math.abs(((await toneHeard(page)) ?? 0) - other.plays),
        `Chromium hears ${other.plays} Hz`,
      ).toBeLessThan(25),
    hearsNothing: () => poll(() => toneHeard(page), "Chromium hears silence").toBeNull(),
    reload: async () => void (await page.reload()),
    screenshot: async (path) => void (await page.screenshot({ path })),
  };
}

export async function firefoxParty(
  firefox: Firefox,
  colour: Colour,
  options: { phone?: boolean },
): Promise<FirefoxParty> {
  const page = await firefox.openPage(options.phone ? phone : desk);
  return {
    ...(await partyAt(page, colour)),
    browser: firefox,
    page,
    openTab: async () => partyAt(await page.openTab(), colour),
  };
}

async function partyAt(
  page: FirefoxPage,
  colour: Colour,
): Promise<Pick<FirefoxParty, keyof Party | "arrive">> {
  await page.addInitScript(watchConnections);
  await fakeMedia(page, { colour, toneHz: null });
  const press = (button: string) =>
    poll(() => page.click(button).catch(whileItGoes), `Firefox presses ${button}`).toBe(true);
  async function arrive(link: string): Promise<void> {
    await page.goto(link);
    // The patient's step before the preview, where the page asks it.
    await page.evaluate(() => {
      const state = document.querySelector<HTMLSelectElement>("select[name=state]");
      if (!state?.form) return;
      state.value = "NY";
      for (const box of state.form.querySelectorAll<HTMLInputElement>("[type=checkbox]")) box.checked = true;
      state.form.requestSubmit();
    });
  }
  return {
    shows: colour,
    plays: firefoxToneHz,
    arrive,
    async join(link) {
      await arrive(link);
      // Firefox tells no page beforehand that a camera is allowed: the press on Join asks for it.
      await press("Join visit");
    },
    async check(link) {
      await arrive(link);
      await press(checkButton);
    },
    press,
    reads: (text) =>
      poll(
        () => page.evaluate(() => document.body.innerText).catch(whileItGoes),
        `Firefox reads ${text}`,
      ).toMatch(text),
    sees: (other) => seesMoving("Firefox", page, other),
    hears: (other) =>
      poll(() => loudness(page), `Firefox hears ${other.plays} Hz, or something as loud`).toBeGreaterThan(
        0.02,
      ),
    hearsNothing: () => poll(() => loudness(page), "Firefox hears silence").toBeLessThan(0.001),
    reload: () => page.reload(),
    screenshot: (path) => page.screenshot({ path }),
  };
}

/** A page that is just being replaced can answer nothing: asked again. */
const whileItGoes = (error: Error) => `the page goes: ${error.message}`;
