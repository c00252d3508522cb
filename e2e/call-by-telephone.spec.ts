import type { Page } from "playwright/test";
import { type FakeMedia, toneHeard } from "./fake-media";
import { expect, test } from "./fixtures";
import { signIn } from "./sign-in";
import { strangerPage } from "./stranger";
import { startCall } from "./support-call";

const theirs: FakeMedia = { colour: "green", toneHz: 620 };

test("a signed-in customer calls by route sip: the desk rings with their name and nothing is to be asked, both are heard, and their hang-up clears the desk within a second", async ({
  browser,
  newVisitor,
  started,
}) => {
  const { page: desk, media: ours } = await newVisitor();
  await signIn(desk, started, "agent");
  await desk.goto("/desk");
  await desk.getByRole("button", { name: "I’m here" }).click();
  await expect(desk.getByText("The next call rings here.")).toBeVisible();

  const caller = await strangerPage(browser, started.appUrl, theirs);
  const { chimeJoinInfo, hangUp } = await startCall(started, { route: "sip" });
  await caller.evaluate((info) => window.stranger.join(info), chimeJoinInfo);
  await desk.getByRole("button", { name: "Accept" }).click();
  const who = desk.getByRole("region", { name: "Who is calling" });
  await expect(who).toContainText("Verified customer");
  await expect(who).toContainText("John Carter");
  const isHeard = (page: Page, { toneHz }: FakeMedia) =>
    expect
      .poll(async () => Math.abs(((await toneHeard(page)) ?? 0) - toneHz), { timeout: 15_000 })
      .toBeLessThan(25);
  await isHeard(desk, theirs);
  await isHeard(caller, ours);

  await hangUp();
  await expect(desk.getByText("The call is over")).toBeVisible({ timeout: 1_000 });
  await desk.getByRole("button", { name: "Finish" }).click();
  // Whoever walks after us finds nobody at the desk.
  await desk.getByRole("combobox").selectOption("Offline");
  await expect(desk.getByText("No calls ring")).toBeVisible();
  await caller.context().close();
});
