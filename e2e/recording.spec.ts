import type { Page } from "playwright/test";
import { openTheRoom } from "./audio-room";
import { inCall } from "./call";
import { coloursSeen } from "./fake-media";
import { expect, test } from "./fixtures";
import { signIn } from "./sign-in";

test("a call is recorded when both have agreed, and shown to both while it is; a refusal leaves it unrecorded; an administrator says why and hears both", async ({
  started,
  newVisitor,
  expectAccessible,
}) => {
  const [admin, host, guest] = [await newVisitor(), await newVisitor(), await newVisitor({ phone: true })];
  const ask = host.page.getByRole("button", { name: "Record this call" });
  const question = guest.page.getByRole("alertdialog", { name: "May this call be recorded?" });
  await signIn(admin.page, started, "admin");
  await admin.page.goto("/admin/settings/messages");
  await admin.page.getByLabel("Recording of audio rooms").selectOption("30");
  await admin.page.getByRole("button", { name: "Save the clinic" }).click();
  await expect(admin.page.getByRole("status").filter({ hasText: /\w/ }).first()).toBeVisible();
  const room = await openTheRoom(started, { lobby: false });

  await test.step("the guest is asked, says no, and the call goes on", async () => {
    for (const [{ page }, { link }] of [
      [host, room.host],
      [guest, room.guest],
    ] as const) {
      await page.goto(link);
      await page.getByRole("button", { name: "Join the call" }).click();
    }
    await expect(host.page.getByRole("heading", { level: 1 })).toHaveText("You are both in the call");
    await ask.click();
    await expect(question).toBeFocused();
    await expect(question).toContainText("30 days");
    await question.getByRole("button", { name: "No, do not record" }).click();
    await expect(host.page.getByText("The guest said no. Nothing is recorded.")).toBeVisible();
    await expect(host.page.getByRole("heading", { level: 1 })).toHaveText("You are both in the call");
  });
  await test.step("asked again, the guest agrees: both see that they are recorded, and either can stop it", async () => {
    await ask.click();
    await question.getByRole("button", { name: "Yes, record" }).click();
    for (const { page } of [host, guest])
      await expect(page.getByRole("status").filter({ hasText: "This call is recorded" })).toBeVisible();
    await expectAccessible(host.page);
    await expectAccessible(guest.page);
    await guest.page.getByRole("button", { name: "Stop recording" }).click();
    await expect(host.page.getByText("The guest stopped it. Recording has stopped.")).toBeVisible();
  });
  await test.step("an administrator hears both, having said why, and is named with it", async () => {
    await admin.page.goto(`/admin/rooms/${room.roomId}`);
    await expect(admin.page.getByText("Stored", { exact: true })).toBeVisible({ timeout: 30_000 }); // the worker puts it away
    await admin.page.getByLabel("Why you listen").selectOption("complaint");
    await admin.page.getByRole("button", { name: "Open to listen" }).click();
    const shares = await sharesOf(admin.page, [host.media.toneHz, guest.media.toneHz]);
    for (const share of shares) expect(share).toBeGreaterThan(0.2);
    await expectAccessible(admin.page);
    await admin.page.reload();
    await admin.page.getByText("Who opened it").click();
    await expect(admin.page.getByText(/A complaint$/).last()).toBeVisible();
  });
});

test("a visit's sound and picture are recorded once the patient has agreed to both, said to both while they are, and seen and heard by an administrator who says why", async ({
  api,
  started,
  newVisitor,
  expectAccessible,
}) => {
  const admin = await newVisitor();
  await signIn(admin.page, started, "admin");
  await admin.page.goto("/admin/settings/messages");
  await admin.page.getByLabel("Recording of audio rooms and visits").selectOption("30");
  await admin.page.getByRole("button", { name: "Save the clinic" }).click();
  await expect(admin.page.getByRole("status").filter({ hasText: /\w/ }).first()).toBeVisible();
  const { patient, clinician, visit } = await inCall(api, newVisitor, { phone: true });
  const question = patient.page.getByRole("alertdialog", { name: "May this visit be recorded?" });
  const ask = async (what: string) => {
    await clinician.page.getByRole("button", { name: "More" }).click();
    await clinician.page.getByRole("button", { name: what }).click();
    await expect(question).toBeFocused();
  };

  await test.step("a no leaves the visit as it is", async () => {
    await ask("Record sound only");
    await expect(question).toContainText("Only sound is recorded");
    await expect(question).toContainText("30 days");
    await expectAccessible(patient.page);
    await question.getByRole("button", { name: "No, do not record" }).click();
    await expect(clinician.page.locator(".note").getByText("Somebody said no.")).toBeVisible();
  });
  await test.step("after a yes both are told for as long as it lasts, and the patient ends it", async () => {
    await ask("Record sound and picture");
    await expect(question).toContainText("what your camera shows");
    await question.getByRole("button", { name: "Yes, record" }).click();
    for (const { page } of [clinician, patient])
      await expect(
        page.locator(".note").getByText("This visit is recorded: sound and picture."),
      ).toBeVisible();
    await expectAccessible(clinician.page);
    await patient.page.getByRole("button", { name: "Stop recording" }).click();
    await expect(clinician.page.locator(".note").getByText("Recording has stopped.")).toBeVisible();
  });
  await test.step("both voices and a picture are in what an administrator opens, no longer than was shown, and it can be looked at from anywhere", async () => {
    for (const { page } of [patient, clinician]) await page.close();
    await admin.page.goto(`/admin/visits/${visit.visitId}`);
    await expect(admin.page.getByText("Stored", { exact: true })).toBeVisible({ timeout: 30_000 }); // the worker puts it away
    await admin.page.getByLabel("Why you watch").selectOption("care");
    await admin.page.getByRole("button", { name: "Open to watch" }).click();
    const shares = await sharesOf(admin.page, [patient.media.toneHz, clinician.media.toneHz]);
    for (const share of shares) expect(share).toBeGreaterThan(0.1);
    const player = admin.page.locator("video[controls]");
    const film = await player.evaluate(async (video: HTMLVideoElement) => {
      video.currentTime = video.duration / 2;
      await new Promise((sought) => video.addEventListener("seeked", sought, { once: true }));
      video.loop = true; // it is short
      await video.play();
      return { seconds: video.duration, from: video.currentTime, width: video.videoWidth };
    });
    const [, minutes, seconds] =
      /Length (\d+):(\d+)/.exec((await admin.page.textContent("main")) ?? "") ?? [];
    expect(film.seconds).toBeLessThanOrEqual(60 * Number(minutes) + Number(seconds));
    expect(film.from).toBeGreaterThanOrEqual(film.seconds / 2 - 0.1);
    expect(film.width).toBeGreaterThan(0);
    const cards = [patient.media.colour, clinician.media.colour];
    await expect.poll(async () => cards.includes((await coloursSeen(admin.page))[0] as never)).toBe(true);
    await player.evaluate((video: HTMLVideoElement) => video.pause());
    await expectAccessible(admin.page);
  });
});

/** How much of what the page's player plays is each of these tones, 0 to 1. */
async function sharesOf(page: Page, tones: number[]): Promise<number[]> {
  const player = page.locator("audio[controls], video[controls]");
  await expect
    .poll(() => player.evaluate((audio: HTMLMediaElement) => audio.duration), { message: "it can be played" })
    .toBeGreaterThan(0.5);
  return player.evaluate(async (audio: HTMLMediaElement, wanted) => {
    const bytes = await (await fetch(audio.src)).arrayBuffer();
    const rate = 48_000;
    const sound = await new OfflineAudioContext(1, rate, rate).decodeAudioData(bytes);
    const samples = sound.getChannelData(0).subarray(rate / 4, rate / 4 + rate / 2);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0);
    return wanted.map((hz) => {
      let [sine, cosine] = [0, 0];
      samples.forEach((sample, at) => {
        sine += sample * Math.sin((2 * Math.PI * hz * at) / rate);
        cosine += sample * Math.cos((2 * Math.PI * hz * at) / rate);
      });
      return (2 * (sine * sine + cosine * cosine)) / (samples.length * power);
    });
  }, tones);
}
