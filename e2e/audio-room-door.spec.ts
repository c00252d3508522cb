import { openTheRoom } from "./audio-room";
import { expect, test } from "./fixtures";

/** As a browser is at an address without https: while `insecure` is in the tab's own memory, there are no devices to ask. */
function insecureAddress(): void {
  if (!navigator.mediaDevices || !sessionStorage.getItem("insecure")) return;
  Object.defineProperty(navigator, "mediaDevices", { value: undefined });
  Object.defineProperty(window, "isSecureContext", { value: false });
}

// The table of symptoms, each with its test: docs/runbook.md, "Audio rooms".
test.describe("whoever can't get into a room", () => {
  test.use({ tolerate: /ERR_FAILED/ }); // the chunk that this test keeps back

  test("reads what is wrong and what to do; nothing of it costs them their link", async ({
    started,
    newVisitor,
    expectAccessible,
  }) => {
    const room = await openTheRoom(started);
    const { page } = await newVisitor({ phone: true });
    const asStaff = async (deed: string, body: object) => {
      const { status } = await fetch(`${started.appUrl}/api/rooms/${room.roomId}/${deed}`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-admin-key": started.adminKey },
        body: JSON.stringify(body),
      });
      expect(status).toBe(200);
    };
    const title = page.getByRole("heading", { level: 1 });

    await test.step("an address without https", async () => {
      await page.addInitScript(insecureAddress);
      await page.goto(room.host.link);
      await page.evaluate(() => sessionStorage.setItem("insecure", "yes"));
      await page.reload();
      await page.getByRole("button", { name: "Turn on the microphone" }).click();
      await expect(
        page.getByRole("heading", { name: "This page can’t use your microphone here" }),
      ).toBeVisible();
      await expect(page.getByText("Check that the address starts with https.")).toBeVisible();
      await expectAccessible(page);
      await page.evaluate(() => sessionStorage.clear());
    });
    await test.step("the call's code does not come, then does", async () => {
      let away = true;
      await page.route(/_next\/static\/chunks/, async (route) => {
        const answer = await route.fetch();
        const isSdk = (await answer.text()).includes("DefaultMeetingSession");
        return away && isSdk ? route.abort() : route.fulfill({ response: answer });
      });
      await page.reload();
      await page.getByRole("button", { name: "Join the call" }).click();
      await expect(page.getByRole("alert").filter({ hasText: "could not be loaded" })).toBeVisible();
      away = false;
      await page.getByRole("button", { name: "Join the call" }).click();
      await expect(title).toHaveText("The guest is not here yet");
    });
    await test.step("a room that is locked, one that is over, and a link that opens nothing", async () => {
      const guest = await newVisitor();
      await asStaff("lock", { locked: true });
      expect((await guest.page.goto(room.guest.link))?.status()).toBe(409);
      const shut = guest.page.getByRole("heading", { level: 1 });
      await expect(shut).toHaveText("The host has locked the call");
      await asStaff("lock", { locked: false });
      await guest.page.getByRole("link", { name: "Try again" }).click();
      await expect(shut).toHaveText("Call with Avery");
      await asStaff("close", {});
      await expect(title).toHaveText(/over|ended/i);
      expect((await guest.page.reload())?.status()).toBe(410);
      await expect(shut).toHaveText("This call is over");
      await expectAccessible(guest.page);
      expect((await guest.page.goto("/r/22222222"))?.status()).toBe(404);
      await expect(shut).toHaveText("This link opens nothing");
    });
  });
});
