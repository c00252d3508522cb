import { makeVisit } from "../staff-api";
import { test } from "./fixtures";
import { admitWhoWaits, bothWays } from "./walk";

test("who refused camera and microphone in Firefox reads its steps, allows them, and is seen and heard", async ({
  api,
  newFirefox,
  newParty,
}) => {
  const visit = await makeVisit(api);
  const [patient, clinician] = [await newFirefox({ phone: true }), await newParty("Chromium")];
  await patient.browser.setDevicesAllowed(false);
  await patient.arrive(visit.patientLink);
  await patient.press("Check camera and microphone");
  await patient.reads("Your camera and microphone are off for this page");
  await patient.reads("Press the crossed-out symbol at the left end of the address bar.");
  await patient.browser.setDevicesAllowed(true);
  await patient.press("Try again");
  await patient.press("Join visit");
  await admitWhoWaits(patient, clinician, visit);
  await bothWays(patient, clinician);
});

test("a camera that another program has is named in Firefox, joins without, and is taken once it is free", async ({
  api,
  newFirefox,
  newParty,
}) => {
  const visit = await makeVisit(api);
  const [patient, clinician] = [await newFirefox({ phone: true }), await newParty("Chromium")];
  await patient.page.addInitScript(takeableCamera);
  await patient.arrive(visit.patientLink);
  await patient.page.evaluate(() => sessionStorage.setItem("cameraTaken", "yes"));
  await patient.press("Check camera and microphone");
  await patient.reads("Another app is using your camera");
  await patient.press("Join visit");
  await admitWhoWaits(patient, clinician, visit);
  await clinician.hears(patient);
  await patient.sees(clinician);

  await patient.page.evaluate(() => sessionStorage.removeItem("cameraTaken"));
  await patient.press("Camera on");
  await bothWays(patient, clinician);
});

/** Firefox's pretended camera can't be taken by a program: refuses as it does for a real one, while `cameraTaken` is set. */
function takeableCamera(): void {
  const devices = navigator.mediaDevices;
  if (!devices) return;
  const real = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (wanted) => {
    if (wanted?.video && sessionStorage.getItem("cameraTaken"))
      throw new DOMException("Failed to allocate videosource", "NotReadableError");
    return real(wanted);
  };
}
