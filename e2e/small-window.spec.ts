import type { Page } from "playwright/test";
import { inCall } from "./call";
import { expect, test } from "./fixtures";

/** What the browser's picture-in-picture window holds; null: it is closed. Playwright can't look into that window by itself. */
const smallWindow = (page: Page) =>
  page.evaluate(() => {
    const host = (window as { documentPictureInPicture?: { window: Window | null } })
      .documentPictureInPicture;
    const inside = host?.window?.document;
    if (!inside) return null;
    const plays = [...inside.querySelectorAll("video")].some(
      (video) => video.videoWidth > 0 && !video.paused,
    );
    return { plays, buttons: [...inside.querySelectorAll("button")].map(({ textContent }) => textContent) };
  });
const pressInside = (page: Page, word: string) =>
  page.evaluate((wanted) => {
    const host = (window as { documentPictureInPicture?: { window: Window | null } })
      .documentPictureInPicture;
    const buttons = host?.window?.document.querySelectorAll("button") ?? [];
    for (const button of buttons) if (button.textContent === wanted) button.click();
  }, word);

test("the other's picture goes on in a small window, where one can mute, and which closes with a press or the call", async ({
  api,
  newVisitor,
}) => {
  const { clinician } = await inCall(api, newVisitor);
  const { page } = clinician;
  const open = async () => {
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("button", { name: "Small window on top" }).click();
    await expect.poll(() => smallWindow(page)).toMatchObject({ plays: true, buttons: ["Mute", "Close"] });
  };
  await open();
  await pressInside(page, "Mute");
  await expect(page.getByRole("button", { name: "Unmute" })).toBeVisible();
  await pressInside(page, "Unmute");
  await pressInside(page, "Close");
  await expect.poll(() => smallWindow(page)).toBeNull();
  await open();
  await page.getByRole("button", { name: "Leave" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Leave" }).click();
  await expect.poll(() => smallWindow(page)).toBeNull();
});
