import type { Page } from "playwright";
import { breakSockets } from "../e2e/faults";
import { makeVisit, openStaffApi } from "../e2e/staff-api";
import type { Started } from "../e2e/started";
import { openBrowser } from "./browser";
import { stand } from "./click-to-video";
import { type Measured, median } from "./report";

const rounds = 10;

/** Milliseconds from the moment the call says that it lost the line to the moment it says that it is back, by the page's own clock. */
const outage = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((back) => {
        const root = document.querySelector("[data-phase]")!;
        let lostAt: number | null = null;
        new MutationObserver(() => {
          const phase = root.getAttribute("data-phase");
          if (phase !== "live") lostAt ??= performance.now();
          else if (lostAt !== null) back(performance.now() - lostAt);
        }).observe(root, { attributeFilter: ["data-phase"] });
      }),
  );

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
      const back = Promise.all([patient, clinician].map(outage));
      const startedAt = performance.now();
      await breakSockets(started.laptopUrl);
      await back;
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
