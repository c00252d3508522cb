import type { Browser, CDPSession } from "playwright";
import { openTheRoom } from "../e2e/audio-room";
import { makeVisit, openStaffApi } from "../e2e/staff-api";
import type { Started } from "../e2e/started";
import { startBareNext } from "./bare-next";
import { openBrowser, openPage } from "./browser";
import { type Measured, median } from "./report";

const kB = 1000;
const rounds = 5;

type Visit = {
  scriptBytes: number;
  usableMs: number;
  /** Until React has taken every control over: ours draws its level meter then, the bare page is usable no sooner. */
  wholeMs: number;
};

/**
 * One cold visit until the page can be used. A visit's: the self-view has a frame and Join can be pressed. A room's (`/r/`): the level meter moves.
 *
 * @returns compressed script bytes that had arrived by then, and milliseconds since navigation began.
 */
async function visit(browser: Browser, url: string, slowPhone: boolean): Promise<Visit> {
  const page = await openPage(browser, { viewport: { width: 390, height: 844 } });
  const context = page.context();
  const devtools = await context.newCDPSession(page);
  const scripts = await countScripts(devtools);
  if (slowPhone) {
    await devtools.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: 150,
      downloadThroughput: 1_600_000 / 8,
      uploadThroughput: 750_000 / 8,
    });
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  }
  await page.goto(url, { waitUntil: "commit" });
  const { usableMs, arrived } = await page.evaluate(
    (room) =>
      new Promise<{ usableMs: number; arrived: string[] }>((usable) => {
        const canJoin = () =>
          [...document.querySelectorAll("button")].some(
            ({ textContent, disabled }) => /join (visit|the call)/i.test(textContent ?? "") && !disabled,
          );
        const alive = () =>
          room
            ? document.querySelector('[role="meter"] .on') !== null
            : (document.querySelector<HTMLVideoElement>('[data-testid="self-video"]')?.readyState ?? 0) >= 2;
        // What is asked for at that very moment may be here before anybody outside the page hears of it.
        const here = () => performance.getEntriesByType("resource").map(({ name }) => name);
        const look = () =>
          alive() && canJoin()
            ? usable({ usableMs: performance.now(), arrived: here() })
            : requestAnimationFrame(look);
        look();
      }),
    /\/r\//.test(url),
  );
  const scriptBytes = scripts(new Set(arrived));
  const wholeMs = await page.evaluate(
    (ours) =>
      new Promise<number>((whole) => {
        const look = () => {
          if (!ours || document.querySelector('[role="meter"]')) return whole(performance.now());
          requestAnimationFrame(look);
        };
        look();
      }),
    /\/j\//.test(url),
  );
  await context.close();
  return { scriptBytes, usableMs, wholeMs };
}

/** @returns the compressed bytes of those scripts. */
async function countScripts(devtools: CDPSession): Promise<(of: ReadonlySet<string>) => number> {
  const scripts = new Map<string, { url: string; bytes: number }>();
  await devtools.send("Network.enable");
  devtools.on("Network.responseReceived", ({ requestId, type, response }) => {
    if (type === "Script") scripts.set(requestId, { url: response.url, bytes: 0 });
  });
  devtools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const script = scripts.get(requestId);
    if (script) script.bytes = encodedDataLength;
  });
  return (of) => [...scripts.values()].reduce((sum, { url, bytes }) => sum + (of.has(url) ? bytes : 0), 0);
}

/** Script until a visit's page and a room's can be used (kB, compressed, as sent), and the time to get there on a slow phone beside a bare Next page. */
export async function joinPage(started: Started): Promise<Measured[]> {
  const bare = await startBareNext({});
  const browser = await openBrowser();
  try {
    // The same page as the patient's, which a form without a script stands before.
    const { clinicianLink } = await makeVisit(await openStaffApi(started, "scheduler"));
    const { scriptBytes } = await visit(browser, clinicianLink, false);
    const bareBytes = (await visit(browser, bare.url, false)).scriptBytes;
    const room = await openTheRoom(started);
    const roomBytes = (await visit(browser, room.host.link, false)).scriptBytes;
    const ours: number[] = [];
    const whole: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < rounds; round++) {
      theirs.push((await visit(browser, bare.url, true)).usableMs);
      const slow = await visit(browser, clinicianLink, true);
      ours.push(slow.usableMs);
      whole.push(slow.wholeMs);
    }
    return [
      {
        name: "join page, script until the preview is usable",
        ours: scriptBytes / kB,
        anchor: { name: "bare Next page", value: bareBytes / kB },
        limit: 150,
        unit: "kB",
      },
      {
        name: "room page, script until the level meter moves",
        ours: roomBytes / kB,
        anchor: { name: "bare Next page", value: bareBytes / kB },
        limit: 150,
        unit: "kB",
      },
      {
        name: "join page on a slow phone, until the preview is usable",
        ours: median(ours),
        anchor: { name: "bare Next page", value: median(theirs) },
        limit: 1.15 * median(theirs),
        unit: "ms",
        note: `150 ms, 1.6 Mbit/s, CPU/4; 1.15x the bare page. React has taken over after ${Math.round(median(whole))} ms`,
      },
    ];
  } finally {
    await browser.close();
    await bare.stop();
  }
}
