import { openTheRoom } from "./audio-room";
import { nextPress, toneBegins, toneHeard } from "./fake-media";
import { expect, test } from "./fixtures";

test("two talk in a room of their own: who reloads returns, a third is refused, and who was taken out cannot come back", async ({
  started,
  newVisitor,
  expectAccessible,
}) => {
  const room = await openTheRoom(started);
  const [host, guest] = [await newVisitor(), await newVisitor({ phone: true })];
  const hears = (page: typeof host.page, toneHz: number) =>
    expect
      .poll(async () => Math.abs(((await toneHeard(page)) ?? 0) - toneHz), { timeout: 8_000 })
      .toBeLessThan(20);

  await test.step("the microphone is seen at work before anybody joins", async () => {
    await host.page.goto(room.host.link);
    await expect(host.page.getByRole("meter", { name: "Microphone level" })).toBeVisible();
    await expectAccessible(host.page);
    await host.page.getByRole("button", { name: "Join the call" }).click();
  });
  await test.step("the host lets the guest in, and each hears the other", async () => {
    await guest.page.goto(room.guest.link);
    await guest.page.getByRole("button", { name: "Join the call" }).click();
    await expect(guest.page.getByRole("heading", { level: 1 })).toHaveText("The host will let you in soon");
    await host.page.getByRole("button", { name: "Let the guest in" }).click();
    await expect(host.page.getByRole("heading", { level: 1 })).toHaveText("You are both in the call");
    await hears(host.page, guest.media.toneHz);
    await hears(guest.page, host.media.toneHz);
  });
  await test.step("a reload brings the guest straight back: each hears the other within a second of the press", async () => {
    await guest.page.reload();
    await expect(guest.page.getByRole("meter", { name: "Microphone level" })).toBeVisible();
    await guest.page.waitForLoadState("networkidle"); // the call's code is there, as it is after a moment at this page
    await expect.poll(() => toneHeard(host.page)).toBeNull();
    const pressed = await nextPress(guest.page);
    const heard = [toneBegins(guest.page, host.media.toneHz), toneBegins(host.page, guest.media.toneHz)];
    await guest.page.getByRole("button", { name: "Go back in" }).click();
    const from = await pressed();
    const [atGuest, atHost] = (await Promise.all(heard)).map((at) => Math.round(at - from));
    const figures = `after the press the guest hears the host in ${atGuest} ms, the host the guest in ${atHost} ms`;
    process.stdout.write(`    ${figures}\n`);
    expect(Math.max(atGuest ?? Infinity, atHost ?? Infinity), figures).toBeLessThan(1_000);
  });
  await test.step("the guest's link lets nobody else in", async () => {
    const third = await newVisitor();
    expect((await third.page.goto(room.guest.link))?.status()).toBe(409);
    await expect(third.page.getByRole("heading", { level: 1 })).toHaveText("This link was already used");
  });
  await test.step("taken out, the guest stays out", async () => {
    await host.page.getByRole("button", { name: "Take the guest out" }).click();
    await host.page.getByRole("alertdialog").getByRole("button", { name: "Take the guest out" }).click();
    await expect(guest.page.getByRole("heading", { level: 1 })).toHaveText("The host took you out");
    expect((await guest.page.goto(room.guest.link))?.status()).toBe(403);
    await expect(guest.page.getByRole("heading", { level: 1 })).toHaveText("You were taken out of this call");
  });
});
