import type { Page } from "playwright";
import { readQr } from "../../lib/kernel/testing/read-qr";
import { expect, test } from "../fixtures";
import { signIn } from "../sign-in";

/** "2026-11-23T14:50", as the browser's own field wants it. */
const inHalfAnHour = (page: Page) =>
  page.evaluate(() => {
    const at = new Date(Date.now() + 30 * 60_000);
    return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  });

test("a colleague makes a room, hands its links over in four ways, sees who is in, and no link opens what they shut", async ({
  started,
  inbox,
  newVisitor,
  expectAccessible,
}) => {
  const [staff, host, guest] = [await newVisitor(), await newVisitor(), await newVisitor({ phone: true })];
  const { page } = staff;
  await staff.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const cardOf = (role: string) => page.getByRole("region", { name: role, exact: true });
  const says = (role: string, words: string) =>
    expect(cardOf(role).getByText(words, { exact: true })).toBeVisible();
  const copied = async (role: string) => {
    await cardOf(role)
      .getByRole("button", { name: `Copy the link: ${role}` })
      .click();
    await expect(cardOf(role).getByText("Copied")).toBeVisible();
    return page.evaluate(() => navigator.clipboard.readText());
  };
  const title = guest.page.getByRole("heading", { level: 1 });
  const links = { host: "", guest: "" };

  await test.step("a room with a name, an hour, a length and a lobby", async () => {
    await signIn(page, started, "scheduler");
    await page.getByRole("link", { name: "Audio rooms" }).first().click();
    const form = page.locator("form", { has: page.getByRole("button", { name: "Make the room" }) });
    await form.getByLabel("Name").fill("Call with Avery");
    await form.getByLabel("When").selectOption("later");
    await form.getByLabel("Starts at").fill(await inHalfAnHour(page));
    await form.getByLabel("Open for").selectOption("30");
    await expect(form.getByLabel("The guest waits until they are let in")).toBeChecked();
    await form.getByRole("button", { name: "Make the room" }).click();
    await expect(page.getByRole("heading", { name: "Call with Avery", level: 1 })).toBeVisible();
    await expect(page.getByText("With lobby")).toBeVisible();
    await expect(page.getByText(/^Planned for /)).toBeVisible();
    await expectAccessible(page);
  });
  await test.step("each link is copied, scanned, texted and mailed, and is the same link", async () => {
    links.host = await copied("Host");
    links.guest = await copied("Guest");
    expect(links.host).not.toBe(links.guest);
    await cardOf("Guest").getByText("Code for a phone").click();
    const code = cardOf("Guest").getByRole("img", { name: "Code for a phone: Guest" });
    expect(readQr(await code.evaluate((drawn) => drawn.outerHTML))).toBe(links.guest);
    const form = page.getByRole("form", { name: "Send: Guest" });
    for (const [typed, to] of [
      ["(555) 010-0163", "+15550100163"],
      ["avery.rooms@example.test", "avery.rooms@example.test"],
    ] as const) {
      await form.getByLabel("Phone number or e-mail").fill(typed);
      await form.getByRole("button", { name: "Send" }).click();
      await inbox.find(to, new RegExp(links.guest));
    }
  });
  await test.step("longer by half an hour", async () => {
    const until = await page.getByText(/^Open until /).textContent();
    await page.getByRole("button", { name: "30 more minutes" }).click();
    await expect(page.getByText(/^Open until /)).not.toHaveText(until ?? "");
  });
  await test.step("locked, it takes nobody; open again, it tells who opened, waits and is in", async () => {
    await page.getByRole("button", { name: "Lock", exact: true }).click();
    await expect(page.getByText("Locked", { exact: true })).toBeVisible();
    expect((await guest.page.goto(links.guest))?.status()).toBe(409);
    await expect(title).toHaveText("The host has locked the call");
    await says("Guest", "Link opened");
    await page.getByRole("button", { name: "Unlock" }).click();
    await expect(page.getByText("Locked", { exact: true })).toBeHidden();
    await guest.page.getByRole("link", { name: "Try again" }).click();
    await guest.page.getByRole("button", { name: "Join the call" }).click();
    await expect(title).toHaveText("The host will let you in soon");
    await says("Guest", "Waiting to be let in");
    await host.page.goto(links.host);
    await host.page.getByRole("button", { name: "Join the call" }).click();
    await expect(host.page.getByRole("button", { name: "Let the guest in" })).toBeVisible();
    await says("Host", "In the call");
    await cardOf("Guest").getByRole("button", { name: "Let in" }).click();
    await says("Guest", "In the call");
    await expect(title).toHaveText("You are both in the call");
  });
  await test.step("who leaves is told and comes back; who was taken out does not, but by a new link", async () => {
    await guest.page.getByRole("button", { name: "Leave" }).click();
    await says("Guest", "Left");
    await guest.page.getByRole("button", { name: "Go back in" }).click();
    await says("Guest", "In the call");
    await cardOf("Guest").getByRole("button", { name: "Take out" }).click();
    await expect(title).toHaveText("The host took you out");
    expect((await guest.page.goto(links.guest))?.status()).toBe(403);
    await expect(
      cardOf("Guest").getByText("This link opens nothing any more. Make a new one."),
    ).toBeVisible();
    await cardOf("Guest").getByRole("button", { name: "New link" }).click();
    links.guest = await copied("Guest");
    expect((await guest.page.goto(links.guest))?.status()).toBe(200);
  });
  await test.step("closed, it is over for both, and its links are", async () => {
    await page.locator("summary", { hasText: "Close the room" }).click();
    await page.getByRole("button", { name: "Close the room" }).click();
    await expect(page.getByText("Closed", { exact: true })).toBeVisible();
    // Said by the call, or by its page where that was read anew first.
    await expect(host.page.getByRole("heading", { level: 1 })).toHaveText(/^Th(e|is) call is over$/);
    expect((await guest.page.reload())?.status()).toBe(410);
    await expect(title).toHaveText("This call is over");
  });
});
