import { sayWhere, waitingRoom } from "./call";
import { expect, test } from "./fixtures";
import { signIn } from "./sign-in";
import { makeVisit } from "./staff-api";

test("a patient says once where they are and agrees, and staff read both beside the visit", async ({
  api,
  newVisitor,
  started,
  expectAccessible,
}) => {
  const visit = await makeVisit(api);
  const { page } = await newVisitor({ phone: true });
  await page.goto(visit.patientLink);
  const form = page.getByRole("form", { name: "Where are you now?" });
  await expect(form).toBeVisible();
  await expect(page.getByTestId("self-video")).toHaveCount(0); // no camera before they agreed
  await expectAccessible(page);

  await test.step("what is missing is said, and nothing goes off", async () => {
    await form.getByRole("button", { name: "Continue" }).click();
    await expect(form.getByLabel("The state you are in")).toBeFocused();
  });
  await test.step("what was typed stays when the server finds a flaw, and none of it is in the address", async () => {
    await form.getByLabel("The state you are in").selectOption({ label: "New York" });
    await form.getByLabel("Address you are at").fill("4 Elm Street");
    await form.getByLabel("Phone number to call you back").fill("555");
    await form.evaluate((it) => {
      (it as HTMLFormElement).noValidate = true; // as a browser does that checks nothing
    });
    await form.getByRole("button", { name: "Continue" }).click();
    await expect(form.getByRole("alert")).toContainText("check the phone number");
    expect(page.url()).toBe(`${visit.patientLink}?place=check`);
    await expect(form.getByLabel("The state you are in")).toHaveValue("NY");
    await expect(form.getByLabel("Address you are at")).toHaveValue("4 Elm Street");
    await expect(form.getByLabel("Phone number to call you back")).toHaveAttribute("aria-invalid", "true");
  });
  await test.step("by keyboard, with a number and a person to call", async () => {
    await form.getByLabel("The state you are in").press("N");
    await form.getByLabel("The state you are in").selectOption({ label: "New York" });
    await form.getByLabel("Phone number to call you back").fill("(555) 010-7777");
    await form.getByLabel("Address you are at").fill("4 Elm Street");
    await form.getByText("Add a person to call in an emergency").press("Enter");
    await form.getByLabel("Their name").fill("Ruth");
    await form.getByLabel("Their phone number").fill("555 010 8888");
    await expectAccessible(page);
    await form.getByLabel("I agree").press("Space");
    const sent = page.waitForRequest(/\/arrival$/);
    await form.getByRole("button", { name: "Continue" }).press("Enter");
    // A browser that sends no Sec-Fetch-Site is believed by this.
    expect((await (await sent).allHeaders()).origin).toBe(started.appUrl);
  });
  await expect(page.getByTestId("self-video")).toBeVisible();
  expect(page.url()).toBe(visit.patientLink);
  await page.reload();
  await expect(page.getByTestId("self-video")).toBeVisible();
  await expect(form).toHaveCount(0);
  await page.getByRole("button", { name: "Join visit" }).click();
  await expect(waitingRoom(page)).toBeVisible();
  await page.reload();
  await expect(page.getByRole("button", { name: "Go back to the visit" })).toBeVisible();
  await expect(form).toHaveCount(0);

  const desk = (await newVisitor()).page;
  await signIn(desk, started, "scheduler");
  await desk.goto(`/admin/visits/${visit.visitId}`);
  const card = desk.getByRole("region", { name: "Where the patient is" });
  await expect(card).toContainText(/Agreed to a visit by video: text of \d{4}-\d\d-\d\d, in English/);
  await expect(card).not.toContainText(/Elm|Ruth|New York/);
  await card.getByRole("button", { name: "Show place and contacts" }).click();
  await expect(card).toContainText(
    /New York · 4 Elm Street\s+Call back: \+15550107777\s+In an emergency: Ruth, 555 010 8888/,
  );
  await expectAccessible(desk);
});

test("where the clinician has no license the patient reads so, can correct it, and staff see it as it happens", async ({
  api,
  newVisitor,
  started,
  expectAccessible,
}) => {
  const visit = await makeVisit(api);
  const desk = (await newVisitor()).page;
  await signIn(desk, started, "scheduler");
  await desk.goto(`/admin/visits/${visit.visitId}`);
  const { page } = await newVisitor({ phone: true });
  await page.goto(visit.patientLink);
  await sayWhere(page, "WY");
  await expect(page.getByRole("heading", { name: /can’t see you where you are now/ })).toBeVisible();
  await expect(page.getByRole("link", { name: /call/i }).first()).toBeVisible();
  await expectAccessible(page);
  await expect(desk.getByText("No license there.")).toBeVisible();
  await expectAccessible(desk);

  await page.getByRole("link", { name: "I am in another state: change it" }).click();
  await sayWhere(page);
  await expect(page.getByTestId("self-video")).toBeVisible();
  await expect(desk.getByText("No license there.")).toHaveCount(0);
});
