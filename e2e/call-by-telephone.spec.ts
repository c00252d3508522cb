import type { Page } from "playwright/test";
import { type FakeMedia, toneHeard } from "./fake-media";
import { expect, test } from "./fixtures";
import { signIn, signInToCall } from "./sign-in";

const second = { timeout: 1_000 };

test("a signed-in customer calls by route sip: the desk rings with their name, each hears the other, and what either end does is the other's within a second", async ({
  newVisitor,
  started,
}) => {
  const [{ page, media: theirs }, { page: desk, media: ours }] = [await newVisitor(), await newVisitor()];
  // The page as it is, where the clinic's calls go by telephone.
  await page.route("**/api/start-call", (route) =>
    route.continue({ postData: JSON.stringify({ ...route.request().postDataJSON(), route: "sip" }) }),
  );
  await signInToCall(page, started);
  const placed = page.waitForResponse("**/api/start-call");
  await page.getByRole("button", { name: "Call now" }).click();
  expect(await (await placed).json()).toMatchObject({ route: "sip", contactId: null });

  await signIn(desk, started, "agent");
  await desk.getByRole("button", { name: "I’m here" }).click();
  const who = desk.getByRole("region", { name: "Who is calling" });
  await expect(who).toContainText("Verified customer");
  await expect(who).toContainText("John Carter");
  const accept = desk.getByRole("button", { name: "Accept" });
  await accept.click();
  const talking = page.getByRole("heading", { name: /You are talking with/ });
  await expect(talking).toBeVisible();
  const isHeard = (listener: Page, { toneHz }: FakeMedia) =>
    expect
      .poll(async () => Math.abs(((await toneHeard(listener)) ?? 0) - toneHz), { timeout: 15_000 })
      .toBeLessThan(25);
  await isHeard(desk, theirs);
  await isHeard(page, ours);

  await test.step("a key is heard, hold is told, and the call is handed on and taken again", async () => {
    await page.getByRole("button", { name: "Keypad" }).click();
    const keys = page.waitForResponse((response) => response.url().endsWith("/keys"), second);
    await page.keyboard.press("4");
    expect((await keys).ok()).toBe(true);
    await desk.getByRole("button", { name: "Hold" }).click();
    await expect(page.getByRole("heading", { name: "On hold" })).toBeVisible(second);
    await desk.getByRole("button", { name: "Resume" }).click();
    await expect(talking).toBeVisible(second);
    await desk.getByRole("button", { name: "Transfer" }).click();
    const queue = desk.getByRole("listitem").filter({ hasText: "Queue Standard" });
    await queue.getByRole("button", { name: "Hand over" }).click();
    await expect(page.getByText("We pass you to a colleague.")).toBeVisible(second);
    await expect(desk.getByText("The call was handed on")).toBeVisible(second);
    await desk.getByRole("button", { name: "Finish" }).click();
    await accept.click();
    await expect(talking).toBeVisible();
    await isHeard(page, ours);
  });
  await test.step("the agent hangs up: the caller knows", async () => {
    await desk.getByRole("button", { name: "End" }).click();
    await expect(page.getByRole("heading", { name: "The call is over" })).toBeVisible(second);
    await desk.getByRole("button", { name: "Finish" }).click();
  });
  await test.step("the caller hangs up: the desk knows", async () => {
    await page.getByRole("button", { name: "Back to the start" }).click();
    await page.getByRole("button", { name: "Call now" }).click();
    await accept.click();
    await expect(desk.getByText("Sound is on")).toBeVisible();
    await expect(talking).toBeVisible();
    await page.getByRole("button", { name: "End" }).click();
    await expect(desk.getByText("The call is over")).toBeVisible(second);
    await desk.getByRole("button", { name: "Finish" }).click();
    // Whoever walks after us finds nobody at the desk.
    await desk.getByLabel("You are").selectOption("Offline");
    await expect(desk.getByText("No calls ring")).toBeVisible();
  });
});
