import type { Page } from "playwright";
import { breakSockets } from "../e2e/faults";
import { makeVisit, openStaffApi } from "../e2e/staff-api";
import type { Started } from "../e2e/started";
import { openBrowser } from "./browser";
import { stand } from "./click-to-video";
import { type Measured, median } from "./report";

const rounds = 10;

/** Looks at the page before its line is broken. @returns a wait until the call has said that it lost the line and then that it is back. */
async function watchOutage(page: Page): Promise<() => Promise<void>> {
  const watch = await page.evaluateHandle(() => {
    const root = document.querySelector("[data-phase]")!;
    let lost = false;
    const back = new Promise<void>((done) => {
      new MutationObserver(() => {
        if (root.getAttribute("data-phase") !== "live") lost = true;
        else if (lost) done();
      }).observe(root, { attributeFilter: ["data-phase"] });
    });
    return { back };
  });
  return () => watch.evaluate(({ back }) => back);
}

/**
 * Breaks every signaling socket of a running call, as a network that changes does, and waits until both are live again. The first break comes the moment that the call
 * is live, and each next one as soon as it is healed: so some fall into a negotiation, where the SDK alone would wait 15 s.
 */
export async function droppedSocket(started: Started): Promise<Measured[]> {
  const browsers = await Promise.all([openBrowser(), openBrowser()]);
  try {
    const { patientLink, clinicianLink } = await makeVisit(await openStaffApi(started, "scheduler"));
    const patient = await stand(browsers[0]!, patientLink, started);
    const clinician = await stand(browsers[1]!, clinicianLink, started);
    await clinician.getByRole("button", { name: "Join visit" }).click();
    await patient.getByRole("button", { name: "Join visit" }).click();
    await clinician.getByRole("button", { name: "Admit" }).click();
    const took: number[] = [];
    for (let round = 0; round < rounds; round++) {
      await Promise.all([patient, clinician].map((page) => page.locator('[data-phase="live"]').waitFor()));
      const backs = await Promise.all([patient, clinician].map(watchOutage));
      const startedAt = performance.now();
      await breakSockets(started.laptopUrl);
      await Promise.all(backs.map((back) => back()));
      took.push(performance.now() - startedAt);
    }
    return [
      {
        name: "a dropped socket, until both are live again: the worst round",
        ours: Math.max(...took),
        limit: 2_000,
        unit: "ms",
        note: `median ${Math.round(median(took))}; rounds ${took.map(Math.round).join(", ")}`,
      },
    ];
  } finally {
    await Promise.all(browsers.map((browser) => browser.close()));
  }
}
