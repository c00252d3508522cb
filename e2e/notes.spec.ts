import { meet } from "./call";
import { expect, test } from "./fixtures";
import { signIn } from "./sign-in";
import { makeVisit } from "./staff-api";

test("the clinician's link opens no record; signed in they read the reason and their notes outlive the page", async ({
  api,
  newVisitor,
  started,
  expectAccessible,
}) => {
  const visit = await makeVisit(api, { chiefComplaint: "Headache for 3 days" });
  const patient = await newVisitor({ phone: true });
  const clinician = await newVisitor();
  await meet(patient, clinician, visit);
  const panel = clinician.page.getByRole("region", { name: "Notes" });

  await test.step("by the link alone: sign in first", async () => {
    await clinician.page.keyboard.press("n");
    await expect(panel.getByText("Sign in to write notes.")).toBeVisible();
    await expectAccessible(clinician.page);
  });
  await test.step("signed in, in another tab, the call goes on", async () => {
    await signIn(await clinician.context.newPage(), started, "clinician");
    await panel.getByRole("button", { name: "I have signed in" }).click();
    await panel.getByLabel("Your notes").fill("Sleeps badly");
    await expect(panel.getByText(/^Saved at/)).toBeVisible();
    await expect(panel).not.toContainText("Headache");
    await panel.getByRole("button", { name: "Show the reason" }).click();
    await expect(panel.getByText("Headache for 3 days")).toBeVisible();
    await expectAccessible(clinician.page);
  });
  await test.step("after a reload they are there", async () => {
    await clinician.page.keyboard.press("Escape");
    await expect(panel).toHaveCount(0);
    await clinician.page.reload();
    await clinician.page.getByRole("button", { name: "Go back to the visit" }).click();
    await clinician.page.getByRole("button", { name: "Notes" }).click();
    await expect(panel.getByLabel("Your notes")).toHaveValue("Sleeps badly");
  });
  expect(
    await clinician.page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage })),
  ).not.toContain("Sleeps");
});

test.describe("a patient", () => {
  // The refused requests are on the console.
  test.use({ tolerate: /Failed to load resource/ });

  test("is shown neither notes nor the reason, by any button, key or address", async ({
    api,
    newVisitor,
  }) => {
    const visit = await makeVisit(api, { chiefComplaint: "Headache for 3 days" });
    const patient = await newVisitor();
    const clinician = await newVisitor();
    await meet(patient, clinician, visit);
    await patient.page.keyboard.press("n");
    await expect(patient.page.getByRole("region", { name: "Notes" })).toHaveCount(0);
    await expect(patient.page.getByRole("button", { name: /notes/i })).toHaveCount(0);
    await patient.page.getByRole("button", { name: "More" }).click();
    await expect(patient.page.getByRole("dialog").getByRole("button", { name: /notes/i })).toHaveCount(0);
    const asked = await patient.page.evaluate(async (visitId) => {
      const get = async (part: string) => (await fetch(`/api/visits/${visitId}/${part}`)).status;
      const post = await fetch(`/api/visits/${visitId}/notes`, { method: "POST", body: '{"notes":"x"}' });
      return [await get("notes"), await get("complaint"), post.status];
    }, visit.visitId);
    expect(asked).toEqual([401, 401, 401]);
    expect(await patient.page.content()).not.toContain("Headache");
  });
});
