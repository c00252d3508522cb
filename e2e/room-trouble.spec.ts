import { openTheRoom } from "./audio-room";
import { toneHeard } from "./fake-media";
import { breakSockets } from "./faults";
import { expect, test } from "./fixtures";

/** `NotAllowedError` and the like: what the microphone is refused with from now on. `insecure`: the page came without https. */
type Trouble = "NotAllowedError" | "NotFoundError" | "NotReadableError" | "insecure" | "";

/** Devices as they are behind a wrong address or a refusal: the browser's own ways to say no, by the tab's own memory. */
function troubledDevices(): void {
  if (!navigator.mediaDevices) return;
  const trouble = () => sessionStorage.getItem("trouble");
  if (trouble() === "insecure") {
    Object.defineProperty(navigator, "mediaDevices", { value: undefined });
    Object.defineProperty(window, "isSecureContext", { value: false });
    return;
  }
  const devices = navigator.mediaDevices;
  const real = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (wanted) => {
    const name = trouble();
    if (name) throw new DOMException("refused by the test", name);
    return real(wanted);
  };
}

// Seed 2's troubleshooting, and what a person meets beside it. The table is in docs/runbook.md, "Somebody can't talk in an audio room".
test.describe("whoever can't get into a call", () => {
  test.use({
    tolerate: /Failed to load resource|ERR_FAILED|ERR_INTERNET_DISCONNECTED|WebSocket|EventSource/,
  });

  test("reads what is wrong and what to do about it; nothing costs them their link", async ({
    started,
    newVisitor,
    expectAccessible,
  }) => {
    const room = await openTheRoom(started);
    const { page } = await newVisitor({ phone: true });
    await page.addInitScript(troubledDevices);
    await page.goto("/robots.txt");
    const openWith = async (trouble: Trouble) => {
      await page.evaluate((name) => sessionStorage.setItem("trouble", name), trouble);
      await page.goto(room.host.link);
    };
    const told = (title: string) => expect(page.getByRole("heading", { name: title })).toBeVisible();

    await test.step("an address without https", async () => {
      await openWith("insecure");
      await page.getByRole("button", { name: "Turn on the microphone" }).click();
      await told("This page can’t use your microphone here");
      await expect(page.getByText("Check that the address starts with https.")).toBeVisible();
    });
    await test.step("a microphone that was refused, and is allowed after all", async () => {
      await openWith("NotAllowedError");
      await told("Your microphone is off for this page");
      await expect(page.getByText("Turn on Microphone.")).toBeVisible();
      await expectAccessible(page);
      await page.evaluate(() => sessionStorage.removeItem("trouble"));
      await page.getByRole("button", { name: "Try again" }).click();
      await expect(page.getByRole("meter", { name: "Microphone level" })).toBeVisible();
    });
    await test.step("no microphone, and one that another program holds", async () => {
      await openWith("NotFoundError");
      await told("We can’t find a microphone");
      await openWith("NotReadableError");
      await told("Another app is using your microphone");
    });
    await test.step("the call's code does not load, then does", async () => {
      let away = true;
      await page.route(/_next\/static\/chunks/, async (route) => {
        const answer = await route.fetch();
        const isSdk = (await answer.text()).includes("DefaultMeetingSession");
        return away && isSdk ? route.abort() : route.fulfill({ response: answer });
      });
      await openWith("");
      await page.getByRole("button", { name: "Join the call" }).click();
      await expect(page.getByRole("alert").filter({ hasText: "could not be loaded" })).toBeVisible();
      away = false;
      await page.getByRole("button", { name: "Join the call" }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("The guest is not here yet");
    });
    await test.step("a call that is over, and a link that opens nothing", async () => {
      const closed = await fetch(`${started.appUrl}/api/rooms/${room.roomId}/close`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-admin-key": started.adminKey },
        body: "{}",
      });
      expect(closed.status).toBe(200);
      await page.goto(room.guest.link);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("This call is over");
      await expectAccessible(page);
      await page.goto("/r/22222222");
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("This link opens nothing");
    });
  });

  test("comes back by themselves when their network does, and both hear each other again", async ({
    started,
    newVisitor,
  }) => {
    const room = await openTheRoom(started, { lobby: false });
    const [host, guest] = [await newVisitor(), await newVisitor({ phone: true })];
    for (const [{ page }, link] of [
      [host, room.host.link],
      [guest, room.guest.link],
    ] as const) {
      await page.goto(link);
      await page.getByRole("button", { name: "Join the call" }).click();
    }
    const hears = (page: typeof host.page, toneHz: number) =>
      expect
        .poll(async () => Math.abs(((await toneHeard(page)) ?? 0) - toneHz), { timeout: 8_000 })
        .toBeLessThan(20);
    await hears(host.page, guest.media.toneHz);
    await hears(guest.page, host.media.toneHz);

    await guest.context.setOffline(true);
    await expect(async () => {
      await breakSockets(started.laptopUrl);
      await expect(guest.page.getByRole("heading", { name: "Getting you back" })).toBeVisible({
        timeout: 1_000,
      });
    }).toPass({ timeout: 20_000 });
    await guest.context.setOffline(false);
    await expect(guest.page.getByRole("heading", { level: 1 })).toHaveText("You are both in the call");
    await hears(guest.page, host.media.toneHz);
    await hears(host.page, guest.media.toneHz);
  });
});
