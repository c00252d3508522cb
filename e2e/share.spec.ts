import type { Page } from "playwright/test";
import { expectSeesAndHears, inCall } from "./call";
import { coloursSeen, pressBrowsersStop, screenColour } from "./fake-media";
import { expect, test } from "./fixtures";

const seesScreen = (page: Page) =>
  expect
    .poll(() => coloursSeen(page), { message: "sees the screen", timeout: 20_000 })
    .toContain(screenColour);
const seesNoScreen = (page: Page) =>
  expect.poll(() => coloursSeen(page), { message: "sees no screen" }).not.toContain(screenColour);

test("a clinician's screen is shown to the patient until the browser's own stop is pressed", async ({
  api,
  newVisitor,
  expectAccessible,
}) => {
  const { patient, clinician } = await inCall(api, newVisitor, { phone: true });

  await clinician.page.getByRole("button", { name: "Share screen" }).click();
  await expect(clinician.page.locator(".note").getByText("You are sharing your screen.")).toBeVisible();
  await seesScreen(patient.page);
  await expectAccessible(patient.page);
  await expectAccessible(clinician.page);
  await pressBrowsersStop(clinician.page);
  await seesNoScreen(patient.page);
  await expect(clinician.page.getByRole("button", { name: "Share screen" })).toBeVisible();
  await expectSeesAndHears(patient.page, clinician.media);
});

test("a patient's screen is shown once the clinician allows it, and no longer than that", async ({
  api,
  newVisitor,
  expectAccessible,
}) => {
  const { patient, clinician } = await inCall(api, newVisitor);

  await patient.page.getByRole("button", { name: "Ask to share" }).click();
  await expect(clinician.page.locator(".note").getByText("asks to share a screen.")).toBeVisible();
  await expectAccessible(patient.page);
  await expectAccessible(clinician.page);
  await clinician.page.getByRole("button", { name: "Allow" }).click();
  await expect(patient.page.locator(".note").getByText("lets you share your screen.")).toBeVisible();
  await patient.page.locator(".note").getByRole("button", { name: "Share screen" }).click();
  await seesScreen(clinician.page);
  await expectAccessible(clinician.page);
  await clinician.page.getByRole("button", { name: "Stop it" }).click();
  await seesNoScreen(clinician.page);
  await expect(patient.page.locator(".note").getByText("stopped your screen.")).toBeVisible();
  await expect(patient.page.getByRole("button", { name: "Ask to share" })).toBeVisible();
  await expectSeesAndHears(clinician.page, patient.media);
});

test("a patient who is told not now may ask again, and shows nothing meanwhile", async ({
  api,
  newVisitor,
}) => {
  const { patient, clinician } = await inCall(api, newVisitor);

  const ask = patient.page.getByRole("button", { name: "Ask to share" });
  const asks = clinician.page.locator(".note").getByText("asks to share a screen.");
  await ask.click();
  await clinician.page.getByRole("button", { name: "Not now" }).click();
  await expect(patient.page.locator(".note").getByText("says not now.")).toBeVisible();
  await patient.page.getByRole("button", { name: "OK" }).click();
  await ask.click();
  await expect(asks).toBeVisible();
  await patient.page.getByRole("button", { name: "Never mind" }).click();
  await expect(asks).toHaveCount(0);
  await seesNoScreen(clinician.page);
});
