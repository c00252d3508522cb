import { toneHeard } from "./fake-media";
import { expect, test } from "./fixtures";
import { signIn } from "./sign-in";

test("a customer calls from a site of somebody else's: the desk reads which site vouches, each hears the other, and a handover that was used opens nothing", async ({
  newVisitor,
  started,
  expectAccessible,
}) => {
  const [{ page, media: theirs }, { page: desk, media: ours }] = [await newVisitor(), await newVisitor()];
  const asked = page.waitForRequest((request) => request.url().endsWith("/sessions"));
  await page.goto(`${started.laptopUrl}/bank`);
  await page.getByRole("button", { name: "Call the clinic" }).click();
  const call = page.frameLocator("vouchsafe-call iframe");
  await expect(call.getByRole("heading", { name: "You are calling as John Carter" })).toBeVisible();
  await expect(call.getByText("You signed in at First Bank of Nowhere")).toBeVisible();
  await expectAccessible(page);
  await call.getByRole("button", { name: "Call now" }).click();
  await expect(call.getByText("You are next")).toBeVisible();
  await expect(page.getByRole("button", { name: "Back to your call" })).toBeVisible();

  await signIn(desk, started, "agent");
  await desk.getByRole("button", { name: "I’m here" }).click();
  const who = desk.getByRole("region", { name: "Who is calling" });
  await expect(who).toContainText("Verified customer");
  await expect(who).toContainText("Signed in at First Bank of Nowhere 2 min ago");
  await desk.getByRole("button", { name: "Accept" }).click();
  await expect(call.getByRole("heading", { name: /You are talking with/ })).toBeVisible();
  const inside = page.frames().find((one) => one.parentFrame() !== null);
  if (!inside) throw new Error("the call stands in a frame");
  for (const [listener, { toneHz }] of [
    [desk, theirs],
    [inside, ours],
  ] as const)
    await expect
      .poll(async () => Math.abs(((await toneHeard(listener)) ?? 0) - toneHz), { timeout: 15_000 })
      .toBeLessThan(25);

  await test.step("reloaded, the page finds the call again, and it goes on", async () => {
    await page.reload();
    await page.getByRole("button", { name: "Call the clinic" }).click();
    await call.getByRole("button", { name: "Go on here" }).click();
    await expect(call.getByRole("heading", { name: /You are talking with/ })).toBeVisible();
  });
  await test.step("made small it goes on; hung up inside, both ends know", async () => {
    await page.getByRole("button", { name: "Make it small" }).click();
    await page.getByRole("button", { name: "You are on a call" }).click();
    await call.getByRole("button", { name: "End" }).click();
    await expect(desk.getByText("The call is over")).toBeVisible({ timeout: 1_000 });
    await expect(call.getByRole("heading", { name: "The call is over" })).toBeVisible();
    await desk.getByRole("button", { name: "Finish" }).click();
    await expect(desk.getByText("The next call rings here.")).toBeVisible();
    await desk.getByRole("combobox").selectOption("Offline");
    await expect(desk.getByText("No calls ring")).toBeVisible();
  });
  await test.step("what the page sent cannot be sent again", async () => {
    const request = await asked;
    const again = await page.request.post(request.url(), { data: request.postDataJSON() });
    expect(again.status()).toBe(409);
  });
});
