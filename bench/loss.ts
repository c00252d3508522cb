import { setTimeout as delay } from "node:timers/promises";
import type { Browser, Page } from "playwright";
import { sayWhere } from "../e2e/call";
import { makeVisit, openStaffApi } from "../e2e/staff-api";
import type { Started } from "../e2e/started";
import { openBrowser, openPage } from "./browser";
import { countArrivals, listenFor, speakInTone } from "./loss-page";
import type { Measured } from "./report";

const settleMs = 6_000;
const measuredMs = 20_000;
const framerate = 15;
const tones = { patient: 440, clinician: 880 };

async function stand(browser: Browser, link: string, started: Started, hz: number): Promise<Page> {
  const page = await openPage(browser, { baseURL: started.appUrl });
  await page.addInitScript(speakInTone, hz);
  await page.goto(link);
  await sayWhere(page);
  return page;
}

async function lose(started: Started, lossRate: number): Promise<void> {
  const response = await fetch(`${started.laptopUrl}/_laptop/chime/faults`, {
    method: lossRate ? "PUT" : "DELETE",
    headers: { "content-type": "application/json" },
    ...(lossRate ? { body: JSON.stringify({ lossRate }) } : {}),
  });
  if (!response.ok) throw new Error(`/_laptop/chime/faults: ${response.status}`);
}

/** What one page got while packets were lost: shares of 100. */
async function endure(page: Page, hz: number) {
  const before = await page.evaluate(countArrivals);
  const heard = page.evaluate(listenFor, { hz, ms: measuredMs });
  await delay(measuredMs);
  const after = await page.evaluate(countArrivals);
  const more = (name: keyof typeof after) => after[name] - before[name];
  return {
    frames: (100 * more("frames")) / ((framerate * measuredMs) / 1000),
    frozen: (100 * more("frozenSeconds")) / (measuredMs / 1000),
    concealed: (100 * more("concealed")) / Math.max(1, more("samples")),
    heard: 100 * (await heard),
  };
}

/** A call in which every packet may be lost, both ways at both ends: what is left of picture and speech at the worse end. */
export async function loss(started: Started): Promise<Measured[]> {
  const browsers = await Promise.all([openBrowser(), openBrowser()]);
  try {
    const { patientLink, clinicianLink } = await makeVisit(await openStaffApi(started, "scheduler"));
    const patient = await stand(browsers[0]!, patientLink, started, tones.patient);
    const clinician = await stand(browsers[1]!, clinicianLink, started, tones.clinician);
    await clinician.getByRole("button", { name: "Join visit" }).click();
    await patient.getByRole("button", { name: "Join visit" }).click();
    await clinician.getByRole("button", { name: /admit/i }).first().click();
    await Promise.all([patient, clinician].map((page) => page.locator('[data-phase="live"]').waitFor()));

    const measured: Measured[] = [];
    for (const percent of [0, 2, 10]) {
      await lose(started, percent / 100);
      await delay(settleMs);
      const ends = await Promise.all([endure(patient, tones.clinician), endure(clinician, tones.patient)]);
      const least = (name: keyof (typeof ends)[number]) => Math.min(...ends.map((end) => end[name]));
      const most = (name: keyof (typeof ends)[number]) => Math.max(...ends.map((end) => end[name]));
      const at = `${percent} % lost each way:`;
      const picture = `picture ${least("frames").toFixed(0)} % of its frames, frozen ${most("frozen").toFixed(1)} % of the time`;
      if (percent <= 2)
        measured.push(
          { name: `${at} frames shown`, ours: least("frames"), limit: 80, unit: "%", higherIsBetter: true },
          { name: `${at} picture frozen`, ours: most("frozen"), limit: 5, unit: "% of the time" },
        );
      measured.push(
        {
          name: `${at} voice made up`,
          ours: most("concealed"),
          limit: percent <= 2 ? 5 : 10,
          unit: "%",
          note: picture,
        },
        {
          name: `${at} tone recognised`,
          ours: least("heard"),
          limit: 98,
          unit: "% of the time",
          higherIsBetter: true,
        },
      );
    }
    return measured;
  } finally {
    await lose(started, 0);
    await Promise.all(browsers.map((browser) => browser.close()));
  }
}
