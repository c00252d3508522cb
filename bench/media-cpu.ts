import { setTimeout as delay } from "node:timers/promises";
import { makeVisit, openStaffApi } from "../e2e/staff-api";
import type { Started } from "../e2e/started";
import { openBrowser } from "./browser";
import { stand } from "./click-to-video";
import { type Measured, median } from "./report";
import { openRelay, type Usage } from "./udp-relay";

const idleMs = 4_000;
/** A visit lasts minutes. In its first half minute the engine still compiles what it will run for the rest; that is told beside it. */
const warmUpMs = 20_000;
/** The median of so many windows counts: one in which the machine was busy elsewhere says nothing. */
const windows = 5;
const windowMs = 8_000;

/** The laptop cloud's own account of its processor time. */
async function usage(started: Started): Promise<Usage> {
  const response = await fetch(`${started.laptopUrl}/_laptop/process`);
  if (!response.ok) throw new Error(`/_laptop/process: ${response.status}`);
  return (await response.json()) as Usage;
}

/** Datagrams that the media plane has received so far. */
async function received(started: Started): Promise<number> {
  const response = await fetch(`${started.laptopUrl}/_laptop/meetings`);
  const { meetings } = (await response.json()) as { meetings: { packets: { in: number } }[] };
  return meetings.reduce((sum, { packets }) => sum + packets.in, 0);
}

const share = (from: Usage, to: Usage) => (100 * (to.cpuMs - from.cpuMs)) / (to.atMs - from.atMs);

/**
 * Processor time of the media plane for one call of two with cameras on, as a share of one core; the idle process is taken off. Beside it, in the
 * same seconds, what a bare relay of as many packets takes: how fast this machine wakes a process is most of both.
 */
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
    const before = await received(started);
    await delay(warmUpMs);
    const from = await usage(started);
    const rate = ((await received(started)) - before) / ((from.atMs - live.atMs) / 1_000);
    const relay = await openRelay(rate);
    try {
      await delay(windowMs);
      const ours: number[] = [];
      const floor: number[] = [];
      for (let window = 0; window < windows; window++) {
        const began = [await usage(started), await relay.usage()] as const;
        await delay(windowMs);
        ours.push(share(began[0], await usage(started)) - idle);
        floor.push(share(began[1], await relay.usage()));
      }
      const figure = median(ours);
      const anchor = median(floor);
      const early = share(live, from) - idle;
      return [
        {
          name: "media plane, one call of two at 960x540",
          ours: figure,
          anchor: { name: `a bare UDP relay of its ${Math.round(rate)} packets/s`, value: anchor },
          limit: 4,
          unit: "% of a core",
          note: `${(figure / anchor).toFixed(2)}x the relay; windows ${ours.map((one) => one.toFixed(1)).join(", ")}; idle process ${idle.toFixed(1)} %; its first ${warmUpMs / 1000} s took ${early.toFixed(1)} %`,
        },
      ];
    } finally {
      relay.close();
    }
  } finally {
    await Promise.all(browsers.map((browser) => browser.close()));
  }
}
