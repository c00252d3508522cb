import { admit, expectSeesAndHears, inCall, joinVisit, openPreview, waitingRoom } from "./call";
import { coloursSeen, toneHeard } from "./fake-media";
import { expect, test } from "./fixtures";
import { makeVisit } from "./staff-api";

test("from a text message to a call: the two see and hear each other, and the visit ends for both", async ({
  api,
  inbox,
  newVisitor,
}) => {
  const visit = await makeVisit(api);
  await api.call("POST", `/api/visits/${visit.visitId}/notify`, {
    channel: "both",
    recipientRole: "patient",
  });
  const texted = await inbox.find("+15550101234", new RegExp(visit.patientLink.split("/").at(-1) ?? "none"));
  expect(visit.patientLink).toContain(texted);

  const patient = await newVisitor({ phone: true });
  const clinician = await newVisitor();
  await joinVisit(patient, visit.patientLink);
  await expect(waitingRoom(patient.page)).toBeVisible();

  await joinVisit(clinician, visit.clinicianLink);
  await expect(clinician.page.getByRole("button", { name: "Admit" })).toBeVisible();
  // Nothing of the clinician has reached the waiting room, and nothing of the patient has left it.
  expect(await coloursSeen(patient.page)).not.toContain(clinician.media.colour);
  expect(await coloursSeen(clinician.page)).not.toContain(patient.media.colour);
  expect(await toneHeard(patient.page)).toBeNull();

  await admit(clinician.page);
  await expectSeesAndHears(patient.page, clinician.media);
  await expectSeesAndHears(clinician.page, patient.media);

  await patient.page.getByRole("button", { name: "Mute" }).click();
  await expect.poll(() => toneHeard(clinician.page), { message: "a muted patient is silent" }).toBeNull();
  await patient.page.getByRole("button", { name: "Unmute" }).click();
  await expectSeesAndHears(clinician.page, patient.media);

  await clinician.page.getByRole("button", { name: "End for all" }).click();
  await clinician.page.getByRole("dialog").getByRole("button", { name: "End for all" }).click();
  await expect(clinician.page.getByRole("heading", { name: "Your visit has ended" })).toBeVisible();
  await expect(patient.page.getByRole("heading", { name: "Your visit has ended" })).toBeVisible();

  await test.step("the patient says how it was, and sends what the call measured; staff have both", async () => {
    await patient.page.getByText("Some trouble, but OK").click();
    await patient.page.getByRole("button", { name: "Send answer" }).click();
    await expect(patient.page.getByText("The clinic has your answer")).toBeVisible();
    await patient.page.getByText("Sound or picture did not work?").click();
    await patient.page.getByText("Sound or picture broke up").click();
    await patient.page.getByRole("button", { name: "Send report" }).click();
    await expect(patient.page.getByText("The clinic has your report")).toBeVisible();
    const { feedback } = await api.call("GET", `/api/visits/${visit.visitId}`);
    expect(feedback).toMatchObject({
      surveys: [{ answer: "fair" }],
      troubles: [{ party: "patient", what: "breaks-up", measured: { camera: "on", browser: "chrome" } }],
    });
    const { troubles } = feedback as { troubles: { measured: { seconds: number } }[] };
    expect(troubles[0]?.measured.seconds).toBeGreaterThan(0);
  });

  await test.step("a reload after the end loses nothing of that page; a stranger with the link sees only that it is over", async () => {
    await patient.page.reload();
    await expect(patient.page.getByText("You and Dr. Jane talked")).toBeVisible();
    await expect(patient.page.getByText("The clinic has your answer")).toBeVisible();
    await expect(patient.page.getByText("Sound or picture did not work?")).toBeVisible();
    const stranger = await newVisitor();
    await stranger.page.goto(visit.patientLink);
    await expect(stranger.page.getByRole("heading", { name: "This visit has ended" })).toBeVisible();
    await expect(stranger.page.getByText("Sound or picture did not work?")).toHaveCount(0);
  });
});

test("whoever leaves may come back in the same browser, and the other is told", async ({
  api,
  newVisitor,
}) => {
  const { patient, clinician } = await inCall(api, newVisitor);

  await patient.page.getByRole("button", { name: "Leave" }).click();
  await patient.page.getByRole("dialog").getByRole("button", { name: "Leave" }).click();
  await expect(patient.page.getByRole("heading", { name: "You left the visit" })).toBeVisible();
  await expect(clinician.page.getByText(/left the visit/).first()).toBeVisible();

  await patient.page.getByRole("button", { name: "Go back to the visit" }).click();
  await expectSeesAndHears(clinician.page, patient.media);

  await patient.page.getByRole("button", { name: "Leave" }).click();
  await patient.page.getByRole("dialog").getByRole("button", { name: "Leave" }).click();
  await expect(patient.page.getByRole("button", { name: "Go back to the visit" })).toBeVisible();
  await clinician.page.getByRole("button", { name: "End for all" }).click();
  await clinician.page.getByRole("dialog").getByRole("button", { name: "End for all" }).click();
  // Nothing to go back to: the page of whoever had left says so by itself.
  await expect(patient.page.getByRole("heading", { name: "Your visit has ended" })).toBeVisible();
  await expect(patient.page.getByRole("button", { name: "Go back to the visit" })).toHaveCount(0);
});

test("a link that somebody joined with is no use in another browser", async ({ api, newVisitor }) => {
  const visit = await makeVisit(api);
  const patient = await newVisitor();
  const thief = await newVisitor();
  await joinVisit(patient, visit.patientLink);
  await expect(waitingRoom(patient.page)).toBeVisible();
  await thief.page.goto(visit.patientLink);
  await expect(thief.page.getByRole("heading", { name: "This link was already used" })).toBeVisible();
});

test("the door, the waiting room and the call are accessible, and the keyboard alone joins, mutes and leaves", async ({
  api,
  newVisitor,
  expectAccessible,
}) => {
  const visit = await makeVisit(api);
  const patient = await newVisitor({ phone: true });
  const clinician = await newVisitor();
  await openPreview(patient, visit.patientLink);
  await expectAccessible(patient.page);
  await press(patient.page, "Join visit");
  await expect(waitingRoom(patient.page)).toBeVisible();
  await expectAccessible(patient.page);

  await joinVisit(clinician, visit.clinicianLink);
  await press(clinician.page, "Admit");
  await expectSeesAndHears(clinician.page, patient.media);
  await expectAccessible(clinician.page);
  await expectAccessible(patient.page);

  await press(clinician.page, "Mute");
  await expect(clinician.page.getByText("You are muted").first()).toBeVisible(); // their tone goes on: they talk
  await press(patient.page, "Leave");
  await patient.page.getByRole("dialog").getByRole("button", { name: "Leave" }).press("Enter");
  await expect(patient.page.getByRole("heading", { name: "You left the visit" })).toBeVisible();
});

/** Reaches a button by Tab alone, as somebody without a mouse does, and presses it. */
async function press(page: import("playwright/test").Page, name: string): Promise<void> {
  const button = page.getByRole("button", { name, exact: true });
  await expect(button).toBeVisible();
  for (let step = 0; step < 40; step += 1) {
    if (await button.evaluate((element) => element === document.activeElement))
      return page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not reach “${name}”`);
}
