import { joinVisit, waitingRoom } from "../call";
import { expect, test } from "../fixtures";
import { makeVisit } from "../staff-api";

test("a mail scanner spends nothing: after HEAD, twenty GETs and a browser that clicks nothing, the patient joins", async ({
  api,
  newVisitor,
}) => {
  const visit = await makeVisit(api);
  expect((await fetch(visit.patientLink, { method: "HEAD" })).status).toBe(200);
  for (let count = 0; count < 20; count += 1) {
    const looked = await fetch(visit.patientLink, { headers: { "user-agent": "LinkScanner/1.0" } });
    expect(looked.status).toBe(200);
  }
  const scanner = await newVisitor();
  await scanner.page.goto(visit.patientLink, { waitUntil: "networkidle" });
  await scanner.page.mouse.wheel(0, 4000);
  await expect(scanner.page.getByRole("button", { name: "Continue" })).toBeVisible();

  const patient = await newVisitor({ phone: true });
  await joinVisit(patient, visit.patientLink);
  await expect(waitingRoom(patient.page)).toBeVisible();
});

test("links that open nothing each say so, with the next step, and look the same from outside", async ({
  api,
  newVisitor,
  started,
  expectAccessible,
}) => {
  const visit = await makeVisit(api);
  const { page } = await newVisitor({ phone: true });
  await page.goto(`${started.appUrl}/j/zzzzzzzz`);
  await expect(page.getByRole("heading", { name: "We don’t know this link" })).toBeVisible();
  await expectAccessible(page);

  await api.call("POST", `/api/visits/${visit.visitId}/cancel`, { reason: "test" });
  await page.goto(visit.patientLink);
  await expect(page.getByText(/cancelled|newer link/).first()).toBeVisible();
  await expectAccessible(page);
});
