import { toneHeard } from "./fake-media";
import { expect, test } from "./fixtures";
import { signIn, signInToCall } from "./sign-in";

const second = { timeout: 1_000 };

test("a customer calls from their own page: no question who they are, their place in line kept over a reload, each hears the other, and either end's hang-up is the other's within a second; outside the hours they read so before and after", async ({
  newVisitor,
  started,
  expectAccessible,
}) => {
  const [{ page, media: theirs }, { page: desk, media: ours }] = [
    await newVisitor({ phone: true }),
    await newVisitor(),
  ];
  await signInToCall(page, started);
  await expect(page.getByText("We are open day and night")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("group").getByText("A bill or a payment").click();
  await page.getByRole("button", { name: "Call now" }).click();
  await expect(page.getByText("You are next")).toBeVisible();
  await page.reload();
  await expect(page.getByText("You are next")).toBeVisible();

  await signIn(desk, started, "agent");
  await desk.getByRole("button", { name: "I’m here" }).click();
  const who = desk.getByRole("region", { name: "Who is calling" });
  await expect(who).toContainText("John Carter");
  await expect(desk.getByText("Calls about a bill or a payment")).toBeVisible();
  const accept = desk.getByRole("button", { name: "Accept" });
  await accept.click();
  const talking = page.getByRole("heading", { name: /You are talking with/ });
  await expect(talking).toBeVisible();
  for (const [listener, { toneHz }] of [
    [desk, theirs],
    [page, ours],
  ] as const)
    await expect
      .poll(async () => Math.abs(((await toneHeard(listener)) ?? 0) - toneHz), { timeout: 15_000 })
      .toBeLessThan(25);
  const keys = page.waitForResponse((response) => response.url().endsWith("/keys"));
  await page.getByRole("button", { name: "Keypad" }).click();
  await page.keyboard.press("4");
  expect((await keys).ok()).toBe(true);
  await test.step("hold, and a hand-over to whoever is next, are the customer's to read within a second", async () => {
    await desk.getByRole("button", { name: "Hold" }).click();
    await expect(page.getByRole("heading", { name: "On hold" })).toBeVisible(second);
    await desk.getByRole("button", { name: "Transfer" }).click();
    await expectAccessible(desk);
    const queue = desk.getByRole("listitem").filter({ hasText: "Queue Standard" });
    await queue.getByRole("button", { name: "Hand over" }).click();
    await expect(page.getByText("We pass you to a colleague.")).toBeVisible(second);
    await desk.getByRole("button", { name: "Finish" }).click();
    await accept.click();
    await expect(talking).toBeVisible();
  });

  await test.step("the agent hangs up, and the customer says how it was", async () => {
    await desk.getByRole("button", { name: "End" }).click();
    await expect(page.getByRole("heading", { name: "The call is over" })).toBeVisible(second);
    await page.getByRole("radio", { name: "4 stars" }).check({ force: true });
    await page.getByRole("button", { name: "Send" }).click();
    await expect(page.getByText("You gave 4 of 5").first()).toBeVisible();
    await desk.getByLabel("Outcome").selectOption("solved");
    await desk.getByRole("button", { name: "Finish" }).click();
  });
  await test.step("the customer calls again and hangs up: the desk knows at once", async () => {
    await page.getByRole("button", { name: "Back to the start" }).click();
    await page.getByRole("button", { name: "Call now" }).click();
    await accept.click();
    await expect(desk.getByText("Rated 4 of 5").first()).toBeVisible();
    await expect(desk.getByText("Sound is on")).toBeVisible();
    await page.getByRole("button", { name: "End" }).click();
    await expect(desk.getByText("The call is over")).toBeVisible(second);
    await desk.getByRole("button", { name: "Finish" }).click();
    await expect(desk.getByText("The next call rings here.")).toBeVisible();
    await desk.getByRole("combobox").selectOption("Offline");
    await expect(desk.getByText("No calls ring")).toBeVisible();
  });
  await test.step("once it is closed the page says so beforehand and afterwards, and still lets them call", async () => {
    const putHours = (days: string[]) =>
      fetch(`${started.laptopUrl}/_laptop/connect/hours`, { method: "PUT", body: JSON.stringify({ days }) });
    await putHours([]);
    try {
      await expect(async () => {
        await page.goto("/support");
        await expect(page.getByText("We are closed now")).toBeVisible({ timeout: 1_000 });
      }).toPass();
      await expectAccessible(page);
      await page.getByRole("button", { name: "Call anyway" }).click();
      await page.getByRole("button", { name: "Leave the line" }).click();
      await expect(page.getByRole("heading", { name: "We are closed now" })).toBeVisible();
    } finally {
      await putHours(["SUNDAY", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY"]);
    }
  });
});
