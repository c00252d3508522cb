import { expect, test } from "../fixtures";
import { signIn } from "../sign-in";

/** A day far away that no other test books. */
const day = new Date(Date.now() + 43 * 86_400_000).toISOString().slice(0, 10);
const jane = "bbbbbbbb-0000-4000-8000-000000000001";

test("a visit is dragged to another time, the patient is told, and the day can be saved as a file", async ({
  api,
  inbox,
  newVisitor,
  started,
  expectAccessible,
}) => {
  const { visitId } = await api.call("POST", "/api/visits", {
    patientId: "aaaaaaaa-0000-4000-8000-000000000001",
    clinicianId: jane,
    scheduledAt: `${day}T16:00:00Z`,
    channel: "sms",
  });
  await api.call("POST", `/api/visits/${visitId}/notify`, { recipientRole: "patient" });
  const { page } = await newVisitor();
  await signIn(page, started, "scheduler");

  await page.goto(`/admin/schedule?view=day&on=${day}`);
  const block = page.locator(".slot", { has: page.locator(`a[href$="${visitId}"]`) });
  // The page comes in pieces: a block has no place before its piece is put in.
  await expect(block).toBeVisible();
  const at = (await block.boundingBox())!;
  const drag = async (down: number) => {
    await page.mouse.move(at.x + at.width / 3, at.y + 6);
    await page.mouse.down();
    await page.mouse.move(at.x + at.width / 3, at.y + 6 + down, { steps: 5 });
  };
  // Thought better of: Escape puts it back, and nothing is asked.
  await drag(at.height * 2);
  await page.keyboard.press("Escape");
  await page.mouse.up();
  await expect(page.getByRole("dialog")).toHaveCount(0);

  const before = await inbox.count("+15550101234");
  await drag(at.height * 2);
  await page.mouse.up();
  const dialog = page.getByRole("dialog", { name: "Move the visit of Walter Greene" });
  await expect(dialog.getByText("The new time, with a new link, goes to:")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Move the visit" }).click();
  await expect(page.getByText("Moved: Walter Greene is now on")).toBeVisible();
  const { scheduledAt } = await api.call("GET", `/api/visits/${visitId}`);
  expect(scheduledAt).toBe(`${day}T17:00:00.000Z`);
  await expect.poll(() => inbox.count("+15550101234")).toBeGreaterThan(before);

  // Of what the page shows: the day that was moved on, as a person reads it.
  await page.getByText("Save as a spreadsheet").click();
  await expectAccessible(page);
  const saving = page.waitForEvent("download");
  await page.getByRole("link", { name: "What is shown here" }).click();
  const file = await (await saving).createReadStream();
  let text = "";
  for await (const piece of file) text += piece;
  expect(text).toContain("Start with offset from UTC");
  expect(text).toContain("Greene");
});

test("an admin invites a colleague, who comes in by the mail alone and is out once suspended; a program's key ends as its owner says", async ({
  inbox,
  newVisitor,
  started,
  expectAccessible,
}) => {
  const email = `iris.${Date.now()}@vouchsafe.test`;
  const { page } = await newVisitor();
  await signIn(page, started, "admin");
  await page.goto("/admin/people");
  const form = page.getByRole("form", { name: "Invite somebody" });
  await form.getByLabel("Email").fill(email);
  await form.getByLabel("First name").fill("Iris");
  await form.getByLabel("Last name").fill("Lang");
  await form.getByLabel("Role").selectOption("scheduler");
  await form.getByRole("button", { name: "Send the invitation" }).click();
  await expect(page.getByText(`The invitation is on its way to ${email}.`)).toBeVisible();
  await expectAccessible(page);

  const colleague = await newVisitor({ phone: true });
  await colleague.page.goto(await inbox.find(email, /https?:\S+\/invited\/[0-9a-zA-Z_-]+/));
  await expect(colleague.page.getByText("You are invited to work at")).toBeVisible();
  await colleague.page.getByLabel("Choose a password").fill("Correct-Horse-9!");
  await colleague.page.getByRole("button", { name: "Make my account" }).click();
  await expect(colleague.page.getByText("Your account is ready.")).toBeVisible();
  await colleague.page.getByLabel("Email").fill(email);
  await colleague.page.getByLabel("Password", { exact: true }).fill("Correct-Horse-9!");
  await colleague.page.getByRole("button", { name: "Sign in" }).click();
  await expect(colleague.page.getByRole("heading", { name: "Visits", level: 1 })).toBeVisible();

  await page.goto("/admin/people");
  await page.getByRole("row", { name: email }).getByRole("link", { name: "Iris Lang" }).click();
  await page.getByText("Suspend Iris Lang").click();
  await page.getByRole("button", { name: "Suspend now" }).click();
  await expect(page.getByText("Suspended, and signed out everywhere.")).toBeVisible();
  await colleague.page.goto("/admin/visits");
  await expect(colleague.page).toHaveURL(/sign-in/);

  await page.goto("/admin/people/keys");
  const name = `Reports ${Date.now()}`;
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Visits, links and patients").check();
  await page.getByRole("button", { name: "Make the key" }).click();
  const secret = (await page.getByText(/^vsk_/).textContent()) ?? "";
  const asked = async (path: string) =>
    (await fetch(started.appUrl + path, { headers: { "x-admin-key": secret } })).status;
  expect([await asked("/api/visits"), await asked("/api/audit")]).toEqual([200, 403]);
  await expectAccessible(page);
  const row = page.getByRole("row", { name });
  await row.getByText(`End ${name}`).click();
  await row.getByRole("button", { name: "End this key" }).click();
  await expect(page.getByText("The key has ended.")).toBeVisible();
  expect(await asked("/api/visits")).toBe(401);
});
