import { expectSeesAndHears, meet } from "./call";
import { expect, test } from "./fixtures";
import { makeVisit } from "./staff-api";
import { killService } from "./started";

test("a reload brings the same person back into the same visit", async ({ api, newVisitor }) => {
  const visit = await makeVisit(api);
  const patient = await newVisitor({ phone: true });
  const clinician = await newVisitor();
  await meet(patient, clinician, visit);

  await patient.page.reload();
  await patient.page.getByRole("button", { name: "Go back to the visit" }).click();
  await expectSeesAndHears(patient.page, clinician.media);
  await expectSeesAndHears(clinician.page, patient.media);
});

// The pages' own requests fail while a server is away, and the browser says so on the console.
test.describe("while a server is away", () => {
  test.use({
    tolerate: /Failed to load resource|ERR_CONNECTION_REFUSED|ERR_INCOMPLETE|WebSocket|EventSource/i,
  });

  test("killing the web in mid-call costs the call nothing", async ({ api, newVisitor, started }) => {
    const visit = await makeVisit(api);
    const patient = await newVisitor();
    const clinician = await newVisitor();
    await meet(patient, clinician, visit);
    killService("web");
    await expectSeesAndHears(patient.page, clinician.media);
    await expect.poll(() => isReady(started.appUrl), { timeout: 20_000 }).toBe(true);
    await expectSeesAndHears(clinician.page, patient.media);
  });

  test("a media server that is killed in mid-call and comes back heals the call by itself", async ({
    api,
    newVisitor,
  }) => {
    const visit = await makeVisit(api);
    const patient = await newVisitor();
    const clinician = await newVisitor();
    await meet(patient, clinician, visit);
    killService("laptop");
    await expect(patient.page.getByText("Getting you back").first()).toBeVisible();
    await expectSeesAndHears(patient.page, clinician.media);
    await expectSeesAndHears(clinician.page, patient.media);
  });
});

async function isReady(appUrl: string): Promise<boolean> {
  return fetch(`${appUrl}/api/ready`).then(
    ({ ok }) => ok,
    () => false, // not listening yet
  );
}
