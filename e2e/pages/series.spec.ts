import { choose } from "../choose";
import { expect, test } from "../fixtures";
import { signIn } from "../sign-in";

/** Three weeks that no other test books, and the second of them is taken. */
const first = Date.now() + 75 * 86_400_000;
const day = (week: number) => new Date(first + week * 7 * 86_400_000).toISOString().slice(0, 10);
/** Hears of these visits alone, whatever other walks send meanwhile. */
const maria = "+15550104493";

test("visits that repeat are booked without the date that is taken, told once, and called off together", async ({
  api,
  inbox,
  newVisitor,
  started,
  expectAccessible,
}) => {
  const { visitId: other } = await api.call("POST", "/api/visits", {
    patientId: "aaaaaaaa-0000-4000-8000-000000000001",
    clinicianId: "bbbbbbbb-0000-4000-8000-000000000001",
    // 11:00 in New York is in it, in summer as in winter.
    scheduledAt: `${day(1)}T15:00:00Z`,
    duration: 90,
  });
  const { page } = await newVisitor();
  await signIn(page, started, "scheduler");
  await page.goto("/admin/visits/new");
  const form = page.getByRole("form", { name: "New visit" });
  await choose(form, /^Patient/, "greene", /^Greene, Walter/);
  await choose(form, /^Clinician/, "jane", /^Dr. Jane Okafor/);
  await form.getByLabel("Time zone of this start").selectOption("America/New_York");
  await form.getByLabel("Day").fill(day(0));
  await form.getByLabel("Start", { exact: true }).fill("11:00");
  await form.getByLabel("Repeats").selectOption("weekly");
  await form.getByLabel("Number of visits").fill("4");
  await form.getByRole("button", { name: "Leave out the date that can’t be booked" }).click();
  await expect(form.getByText("Each date can be booked.")).toBeVisible();
  await form.getByRole("button", { name: "Add an interpreter" }).click();
  await form.getByLabel("First name").fill("Maria");
  await form.getByLabel("Mobile phone").fill("(555) 010-4493");
  await expectAccessible(page);

  const before = await inbox.count(maria);
  await form.getByRole("button", { name: "Book 3 visits and send the first links" }).click();
  await expect(page.getByText("Visit 1 of 3 · Every week")).toBeVisible();
  await inbox.find("+15550101234", /It is the first of 3\.\nTap to join: http/);
  await expect.poll(() => inbox.count(maria)).toBe(before + 1);

  await expect(page.getByRole("link", { name: /^2\. / })).toBeVisible();
  await page.getByText("Cancel visit").first().click();
  await page.getByLabel("This one and the 2 that follow").check();
  await page.getByRole("button", { name: "Yes, cancel" }).click();
  await inbox.find("+15550101234", /and the visits after it too: 3 in all/);
  await expect.poll(() => inbox.count(maria)).toBe(before + 2);
  await api.call("POST", `/api/visits/${other}/cancel`, {});
});
