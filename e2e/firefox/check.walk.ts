import { makeVisit } from "../staff-api";
import { test } from "./fixtures";

for (const browser of ["Firefox", "Chromium"] as const)
  test(`the door's check finds nothing wrong with ${browser} on a quick machine`, async ({
    api,
    newParty,
  }) => {
    const patient = await newParty(browser, { phone: true });
    const { patientLink } = await makeVisit(api);
    await patient.check(patientLink);
    await patient.reads("Your connection works well");
  });
