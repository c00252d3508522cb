import { makeVisit } from "../staff-api";
import { test } from "./fixtures";
import { walkVisit } from "./walk";

for (const [patientIn, clinicianIn] of [
  ["Firefox", "Chromium"],
  ["Chromium", "Firefox"],
  ["Firefox", "Firefox"],
] as const)
  test(`a patient in ${patientIn} and a clinician in ${clinicianIn} see and hear each other, and find back`, async ({
    started,
    api,
    newParty,
  }) => {
    const patient = await newParty(patientIn, { phone: true });
    const clinician = await newParty(clinicianIn);
    const visit = { ...(await makeVisit(api)), laptopUrl: started.laptopUrl };
    await walkVisit(patient, clinician, visit, (title, body) => test.step(title, body));
  });
