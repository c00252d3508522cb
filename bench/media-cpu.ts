import { setTimeout as delay } from "node:timers/promises";
import { makeVisit, openStaffApi } from "../e2e/staff-api";
import type { Started } from "../e2e/started";
import { openBrowser } from "./browser";
import { stand } from "./click-to-video";
import type { Measured } from "./report";

const idleMs = 4_000;
/** A visit lasts minutes. In its first half minute the engine still compiles what it will run for the rest; that is told beside it. */
const warmUpMs = 20_000;
const measuredMs = 15_000;

type Usage = { cpuMs: number; atMs: number };

/** The laptop cloud's own account of its processor time. */
async function usage(started: Started): Promise<Usage> {
  const response = await fetch(`${started.laptopUrl}/_laptop/process`);
  if (!response.ok) throw new Error(`/_laptop/process: ${response.status}`);
  return (await response.json()) as Usage;
}

const share = (from: Usage, to: Usage) => (100 * (to.cpuMs - from.cpuMs)) / (to.atMs - from.atMs);

/** Processor time of the media plane for one call of two with cameras on, as a share of one core; the idle process is taken off. */
export async function mediaCpu(started: Started): Promise<Measured[]> {
  const browsers = await Promise.all([openBrowser(), openBrowser()]);
  try {
    const idleFrom = await usage(started);
    await delay(idleMs);
    const idle = share(idleFrom, await usage(started));

    const { patientLink, clinicianLink } = await makeVisit(await openStaffApi(started, "scheduler"));
    const patient = await stand(browsers[0]!, patientLink, started);
    const clinician = await stand(browsers[1]!, clinicianLink, started);
    await clinician.getByRole("button", { name: "Join visit" }).click();
    await patient.getByRole("button", { name: "Join visit" }).click();
    await clinician.getByRole("button", { name: /admit/i }).first().click();
    await Promise.all([patient, clinician].map((page) => page.locator('[data-phase="live"]').waitFor()));
    const live = await usage(started);
    await delay(warmUpMs);
    const from = await usage(started);
    await delay(measuredMs);
    return [
      {
        name: "media plane, one call of two at 960x540",
        ours: share(from, await usage(started)) - idle,
        limit: 4,
        unit: "% of a core",
        note: `idle process ${idle.toFixed(1)} %; its first ${warmUpMs / 1000} s took ${(share(live, from) - idle).toFixed(1)} %`,
      },
    ];
  } finally {
    await Promise.all(browsers.map((browser) => browser.close()));
  }
}
