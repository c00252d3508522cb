import { lanAddresses } from "../../scripts/start/lan/address";
import { withSystem } from "../../scripts/test/system";
import { readStarted } from "../started";
import { test as base } from "./fixtures";
import { walkVisit } from "./walk";

const address = lanAddresses()[0];

const test = base.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern
  started: async ({}, use) => withSystem(async (file) => use(readStarted(file)), [`--lan=${address}`]),
});
test.use({ ignoreHTTPSErrors: true }); // as the person who goes on past the warning
test.skip(address === undefined, "Firefox has no way for media on a machine without a network");

for (const [patientIn, clinicianIn] of [
  ["Firefox", "Chromium"],
  ["Chromium", "Firefox"],
] as const)
  test(`by the network's own address: a patient in ${patientIn}, a clinician in ${clinicianIn}`, async ({
    started,
    newParty,
  }) => {
    const patient = await newParty(patientIn, { phone: true });
    const clinician = await newParty(clinicianIn);
    await walkVisit(patient, clinician, started, (title, body) => test.step(title, body));
  });
