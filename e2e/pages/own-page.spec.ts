import { expect, test } from "../fixtures";
import { signIn } from "../sign-in";

const password = "Correct-Horse-1!";

test("an invited patient finds their visits and goes in from there; the link is nobody else's after, and staff see what they ask for", async ({
  api,
  inbox,
  newVisitor,
  started,
  expectAccessible,
}) => {
  const unique = String(Date.now()).slice(-4);
  const phone = `+1555019${unique}`;
  const added = await api.call("POST", "/api/patients", {
    firstName: "Nora",
    lastName: `Lind${unique}`,
    phone,
    state: "CA",
    timeZone: "America/Los_Angeles",
  });
  const { visitId } = await api.call("POST", "/api/visits", {
    patientId: added.patientId,
    clinicianId: "bbbbbbbb-0000-4000-8000-000000000002",
    scheduledAt: new Date(Date.now() + 90_000_000 + Number(unique) * 60_000).toISOString(),
  });

  // An account of her own making, which nobody knows as hers.
  const email = `nora.${unique}@example.test`;
  await api.call("POST", "/auth/signup", { email, password });
  const code = await inbox.find(email, /\b\d{6}\b/);
  await api.call("POST", "/auth/confirm-signup", { email, confirmation_code: code });

  const staff = await newVisitor();
  await signIn(staff.page, started, "scheduler");
  await staff.page.goto(`/admin/visits/${visitId}`);
  await staff.page.getByRole("button", { name: "Invite to their own page" }).click();
  await expect(staff.page.getByText("The link is on its way to")).toBeVisible();
  const link = await inbox.find(phone, /https?:\/\/\S+\/connect\/[\w-]+/);

  const { page } = await newVisitor({ phone: true });
  await page.goto(link);
  await expect(page.getByText("Nora")).toHaveCount(0);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.keyboard.press("Enter");
  // Back at the invitation, whose code stood in no other address.
  await expect(page.getByRole("heading", { name: "Are you Nora?" })).toBeVisible();
  await page.getByRole("button", { name: "Yes, show me my visits" }).click();
  await expect(page.getByRole("heading", { name: /Video visit with Dr\.\sLuis/ })).toBeVisible();
  await expectAccessible(page);

  expect(await (await fetch(link)).text()).toContain("This link does not work any more");

  await page.getByText("Ask for another time").first().click();
  await page
    .getByLabel("Day")
    .first()
    .fill(new Date(Date.now() + 6 * 86_400_000).toISOString().slice(0, 10));
  await page.getByLabel("Do you want to tell us something?").first().fill("After work");
  await page.getByRole("button", { name: "Ask for another time" }).click();
  await expect(page.getByText("We have not answered yet.")).toBeVisible();
  await staff.page.reload();
  await expect(staff.page.getByRole("heading", { name: "The patient asks for another time" })).toBeVisible();
  await expect(staff.page.getByText("After work")).toHaveCount(0);
  await expectAccessible(staff.page);

  // Brought near, the door is open: the way in is one press, and a link of their own.
  const soon = new Date(Date.now() + 20 * 60_000 + (Number(unique) % 30) * 60_000).toISOString();
  await api.call("PATCH", `/api/visits/${visitId}`, { scheduledAt: soon });
  await page.goto("/visits");
  await expect(page.getByText("We moved your visit.")).toBeVisible();
  await page.getByRole("button", { name: "Join", exact: true }).click();
  await expect(page).toHaveURL(/\/j\/\w+$/);
  await expect(page.getByRole("heading", { name: /Your video visit with Dr\.\sLuis/ })).toBeVisible();
});
