import { makeVisit } from "../staff-api";
import { test } from "./fixtures";
import { bothWays, intoTheCall } from "./walk";

test("in Firefox the second tab of a link takes over, and the first says so and can take it back", async ({
  api,
  newFirefox,
  newParty,
}) => {
  const visit = await makeVisit(api);
  const [patient, clinician] = [await newFirefox(), await newParty("Chromium")];
  await intoTheCall(patient, clinician, visit);
  const second = await patient.openTab();
  await second.arrive(visit.patientLink);
  await second.press("Go back to the visit");
  await patient.reads("You joined from another place");
  await bothWays(second, clinician);
  await patient.page.toFront();
  await patient.press("Go back to the visit");
  await second.reads("You joined from another place");
  await bothWays(patient, clinician);
});

test("in Firefox the back button leaves the call, and forward finds it again", async ({
  started,
  api,
  newFirefox,
  newParty,
}) => {
  const visit = await makeVisit(api);
  const [patient, clinician] = [await newFirefox({ phone: true }), await newParty("Chromium")];
  await patient.page.goto(`${started.appUrl}/sign-in`);
  await intoTheCall(patient, clinician, visit);
  await patient.page.back();
  await patient.reads("Sign in");
  await clinician.reads(/left|lost/);
  await patient.page.forward();
  await patient.press("Go back to the visit");
  await bothWays(patient, clinician);
});
