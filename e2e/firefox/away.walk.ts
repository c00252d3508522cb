import { expect } from "playwright/test";
import { attendeeOf, breakSocket, setLine } from "../faults";
import { type Links, makeVisit } from "../staff-api";
import { test } from "./fixtures";
import type { FirefoxParty, Party } from "./party";
import { bothWays, intoTheCall } from "./walk";

// The pages' own requests fail meanwhile, and the browser says so on the console.
test.use({
  tolerate: /NetworkError|can’t establish a connection|connection to .* was interrupted|ICE failed/i,
});

const seconds = (process.env.OUTAGES ?? "5,20,60").split(",").map(Number);

/** Waits by the clock, which is what an outage is measured in. */
async function pass(howLong: number): Promise<void> {
  const until = Date.now() + howLong * 1_000;
  await expect.poll(() => Date.now() > until, { timeout: howLong * 1_000 + 5_000 }).toBe(true);
}

type Call = { visit: Links; patient: FirefoxParty; clinician: Party };

for (const howLong of seconds)
  test(`a network that goes away for ${howLong} s costs a call in Firefox nothing but that time`, async ({
    started,
    api,
    newFirefox,
    newParty,
  }) => {
    const visit = await makeVisit(api);
    const call: Call = {
      visit,
      patient: await newFirefox({ phone: true }),
      clinician: await newParty("Chromium"),
    };
    await intoTheCall(call.patient, call.clinician, visit);
    const target = await attendeeOf(started.laptopUrl, visit.visitId, "patient");
    await setLine(started.laptopUrl, target, { blackhole: true });
    await call.patient.page.setOffline(true);
    await breakSocket(started.laptopUrl, target);
    await call.patient.reads("Getting you back");
    await pass(howLong);
    await call.patient.page.setOffline(false);
    await setLine(started.laptopUrl, target, {});
    await bothWays(call.patient, call.clinician);
  });

for (const howLong of seconds)
  test(`a computer that sleeps for ${howLong} s finds its call again in Firefox`, async ({
    api,
    newFirefox,
    newParty,
  }) => {
    const visit = await makeVisit(api);
    const patient = await newFirefox({ phone: true });
    const clinician = await newParty("Chromium");
    await intoTheCall(patient, clinician, visit);
    await patient.browser.sleep();
    await pass(howLong);
    await patient.browser.wake();
    await bothWays(patient, clinician);
  });
