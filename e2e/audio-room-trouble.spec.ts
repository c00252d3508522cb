import { openTheRoom } from "./audio-room";
import { toneBegins, toneHeard } from "./fake-media";
import { attendeeIn, breakSocket, setLine } from "./faults";
import { expect, test } from "./fixtures";
import { ownMicrophone } from "./own-microphone";

const title = { level: 1 } as const;

// The page's own requests fail while the network is away, and the browser says so on the console.
test.use({ tolerate: /ERR_INTERNET_DISCONNECTED|Failed to load resource|WebSocket|EventSource/i });

test("whatever the microphone or the network does, the page says what, and its cure works: nobody loses their call", async ({
  started,
  newVisitor,
  expectAccessible,
}) => {
  const room = await openTheRoom(started, { name: "Call with Avery", lobby: false });
  const [host, guest] = [await newVisitor(), await newVisitor({ phone: true })];
  const { page } = guest;
  const own = await ownMicrophone(page, "NotAllowedError");
  const hears = (who: typeof page, toneHz: number) =>
    expect
      .poll(async () => Math.abs(((await toneHeard(who)) ?? 0) - toneHz), { timeout: 12_000 })
      .toBeLessThan(20);
  const meter = page.getByRole("meter", { name: "Microphone level" });

  await test.step("refused, missing or taken, each is told apart with its steps; the call is open without", async () => {
    await page.goto(room.guest.link);
    for (const [failure, told] of [
      ["NotAllowedError", "Your microphone is off for this page"],
      ["NotFoundError", "We can’t find a microphone"],
      ["NotReadableError", "Another app is using your microphone"],
    ] as const) {
      await own.fails(failure);
      await page.getByRole("button", { name: "Try again" }).click();
      await expect(page.getByRole("alert").filter({ hasText: told })).toBeVisible();
      await expect(page.getByRole("button", { name: "Join without a microphone" })).toBeEnabled();
    }
    await expectAccessible(page);
    await own.fails(null);
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(meter).toBeVisible();
  });
  await test.step("a voice that is cut off is shown; the noise switch asks the browser for just that", async () => {
    const tooLoud = page.getByRole("definition").filter({ hasText: /^(Yes|No)$/ });
    await expect(tooLoud).toHaveText("No");
    await own.plays(4);
    await expect(tooLoud).toHaveText("Yes");
    await own.plays(0.4);
    expect(await own.lastAsked()).toMatchObject({ noiseSuppression: true, echoCancellation: true });
    await page.getByRole("switch", { name: "Quieten noise around me" }).click();
    await expect.poll(async () => (await own.lastAsked()).noiseSuppression).toBe(false);
  });
  await test.step("three seconds of one's own voice come back; inside, the screen stays on and the phone knows of the call", async () => {
    await page.getByRole("button", { name: "Record", exact: true }).click();
    await host.page.goto(room.host.link);
    await host.page.getByRole("button", { name: "Join the call" }).click();
    await expect(page.getByRole("button", { name: "Playing" })).toBeVisible();
    await page.getByRole("button", { name: "Join the call" }).click();
    await expect(page.getByRole("heading", title)).toHaveText("You are both in the call");
    await hears(host.page, guest.media.toneHz);
    expect(await own.phone()).toEqual({ awake: "screen", playing: "playing", title: "Private sound call" });
  });
  await test.step("unplugged in the middle: it is told, and plugged in again it is heard", async () => {
    await own.fails("NotFoundError");
    await own.unplug();
    await expect(page.getByText("Your microphone is gone. Nobody hears you.")).toBeVisible();
    await expect(page.getByText("You are muted")).toBeVisible();
    await own.fails(null);
    await page.getByRole("button", { name: "Try again" }).click();
    await hears(host.page, guest.media.toneHz);
  });
  // Twenty seconds take twenty: `OUTAGES=5,20 npm test -- e2e audio-room-trouble` sits through both.
  for (const seconds of (process.env.OUTAGES ?? "5").split(",").map(Number))
    await test.step(`no network for ${seconds} s: the page says so, and when it is back each hears the other again`, async () => {
      const line = await attendeeIn(started.laptopUrl, `room-${room.roomId}`, "guest");
      const cutAt = Date.now();
      await setLine(started.laptopUrl, line, { blackhole: true });
      await guest.context.setOffline(true);
      // As long as the network is away every socket breaks: also one that was opened while the browser was still going offline.
      await expect(async () => {
        await breakSocket(started.laptopUrl, line);
        await expect(page.getByRole("heading", title)).toHaveText("Getting you back");
      }).toPass({ timeout: 45_000 });
      await expect(page.getByText("Your network is away. You stay in the call.")).toBeVisible();
      for (const who of [page, host.page]) await expect.poll(() => toneHeard(who)).toBeNull();
      await page.waitForFunction((until) => Date.now() > until, cutAt + seconds * 1_000);
      const hostRead = await host.page.getByRole("heading", title).textContent();
      const heard = [toneBegins(page, host.media.toneHz), toneBegins(host.page, guest.media.toneHz)];
      const back = Date.now();
      await guest.context.setOffline(false);
      await setLine(started.laptopUrl, line, {});
      const [atGuest, atHost] = (await Promise.all(heard)).map((at) => Math.round(at - back));
      process.stdout.write(
        `    after ${seconds} s (${back - cutAt} ms) without a network the guest hears the host in ${atGuest} ms, the host the guest in ${atHost} ms; the host read “${hostRead}”\n`,
      );
      await expect(page.getByRole("heading", title)).toHaveText("You are both in the call");
      await expect(host.page.getByRole("heading", title)).toHaveText("You are both in the call");
    });
  await test.step("a second window of the same browser takes the call over, and the first says so", async () => {
    const second = await guest.context.newPage();
    await second.goto(room.guest.link);
    await second.getByRole("button", { name: "Go back in" }).click();
    await expect(page.getByRole("heading", title)).toHaveText("You went on in another window");
    await expect(second.getByRole("heading", title)).toHaveText("You are both in the call");
  });
});
