import { setTimeout as delay } from "node:timers/promises";
import { makeVisit, openStaffApi } from "../e2e/staff-api";
import { readStarted, type Started } from "../e2e/started";
import { withSystem } from "../scripts/test/system";
import { openBrowser } from "./browser";
import { stand } from "./click-to-video";

/** `npm run soak -- 60`: one call of so many minutes (10 if not said). Fails when the picture stops, or the media plane keeps growing. */
const minutes = Number(process.argv[2] ?? 10);
if (!(minutes >= 1 && minutes <= 600)) throw new Error("npm run soak -- <minutes, 1 to 600>");
/** What a process may gain after its first minute, when caches have filled. Bytes. */
const growthMaxBytes = 48 * 1024 * 1024;

async function memoryBytes(started: Started): Promise<number> {
  const response = await fetch(`${started.laptopUrl}/_laptop/process`);
  return ((await response.json()) as { rssBytes: number }).rssBytes;
}

async function soak(started: Started): Promise<boolean> {
  const browsers = await Promise.all([openBrowser(), openBrowser()]);
  try {
    const { patientLink, clinicianLink } = await makeVisit(await openStaffApi(started, "scheduler"));
    const [patient, clinician] = [
      await stand(browsers[0]!, patientLink, started),
      await stand(browsers[1]!, clinicianLink, started),
    ];
    await clinician.getByRole("button", { name: "Join visit" }).click();
    await patient.getByRole("button", { name: "Join visit" }).click();
    await clinician.getByRole("button", { name: "Admit" }).click();
    await Promise.all([patient, clinician].map((page) => page.locator('[data-phase="live"]').waitFor()));
    const seconds = (page: typeof patient) =>
      page.evaluate(
        () => document.querySelector<HTMLVideoElement>('[data-testid="remote-video"]')?.currentTime ?? 0,
      );

    let settled = 0;
    let before = await Promise.all([seconds(patient), seconds(clinician)]);
    for (let minute = 1; minute <= minutes; minute++) {
      await delay(60_000);
      const now = await Promise.all([seconds(patient), seconds(clinician)]);
      const bytes = await memoryBytes(started);
      if (minute === 1) settled = bytes;
      const played = now.map((at, side) => at - (before[side] ?? 0));
      process.stdout.write(
        `minute ${minute}: played ${played.map((one) => one.toFixed(1)).join(" and ")} s, media plane ${Math.round(bytes / 1e6)} MB\n`,
      );
      if (played.some((one) => one < 55) || bytes - settled > growthMaxBytes) return false;
      before = now;
    }
    return true;
  } finally {
    await Promise.all(browsers.map((browser) => browser.close()));
  }
}

await withSystem(async (startedFile) => {
  process.env.VOUCHSAFE_STARTED = startedFile;
  const held = await soak(readStarted());
  process.stdout.write(
    held ? `PASS ${minutes} minutes\n` : "SHORT: the picture stopped or the media plane grew\n",
  );
  process.exitCode = held ? 0 : 1;
});
