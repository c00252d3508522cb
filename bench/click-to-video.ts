import type { Browser, Page } from "playwright";
import { sayWhere } from "../e2e/call";
import { makeVisit, openStaffApi } from "../e2e/staff-api";
import type { Started } from "../e2e/started";
import { openBrowser, openPage } from "./browser";
import { peerToPeerMs } from "./peer-to-peer";
import { type Measured, median } from "./report";

const rounds = 7;

/** A page with its camera open, standing at the door. */
export async function stand(browser: Browser, link: string, started: Started): Promise<Page> {
  const page = await openPage(browser, { baseURL: started.appUrl });
  await page.goto(link);
  await sayWhere(page);
  return page;
}

/**
 * Epoch milliseconds at which the remote picture first shows a frame, told by the page's own clock: by the same callback as the anchor's.
 * Looking in every animation frame instead would make the page draw sixty times a second, which the anchor's doesn't.
 */
const remotePicture = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((seen) => {
        let watched: HTMLVideoElement | null = null;
        const pen = new OffscreenCanvas(8, 8).getContext("2d", { willReadFrequently: true })!;
        // A covered lens sends black frames, which are no picture.
        const isBlack = (video: HTMLVideoElement) => {
          pen.drawImage(video, 0, 0, 8, 8);
          return pen.getImageData(0, 0, 8, 8).data.every((value, at) => at % 4 === 3 || value < 24);
        };
        const look = () => {
          const video = document.querySelector<HTMLVideoElement>('[data-testid="remote-video"]');
          if (!video || video === watched) return;
          watched = video;
          const onFrame = () => {
            const atMs = performance.timeOrigin + performance.now();
            if (isBlack(video)) return void video.requestVideoFrameCallback(onFrame);
            changes.disconnect();
            seen(atMs);
          };
          video.requestVideoFrameCallback(onFrame);
        };
        const changes = new MutationObserver(look);
        changes.observe(document.body, { childList: true, subtree: true, attributeFilter: ["data-testid"] });
        look();
      }),
  );

/** From the click on Admit to the remote picture at both ends, in milliseconds: the later of the two counts. */
export async function clickToVideo(started: Started): Promise<Measured[]> {
  const [one, other] = await Promise.all([openBrowser(), openBrowser()]);
  try {
    const api = await openStaffApi(started, "scheduler");
    const anchor = median(await peerToPeerMs(one, other, rounds));
    const took: number[] = [];
    const roundTrips: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const { patientLink, clinicianLink } = await makeVisit(api);
      const [patient, clinician] = await Promise.all([
        stand(one, patientLink, started),
        stand(other, clinicianLink, started),
      ]);
      await clinician.getByRole("button", { name: "Join visit" }).click();
      await patient.getByRole("button", { name: "Join visit" }).click();
      const admit = clinician.getByRole("button", { name: /admit/i }).first();
      await admit.waitFor();
      // Both lines stand, as they do when a clinician comes to press the button: the anchor's camera and signaling are open, too.
      await patient.locator('[data-phase="waiting"][data-line="up"]').waitFor();
      await clinician.locator('[data-line="up"]').waitFor();
      const clicked = clinician.evaluate(
        () =>
          new Promise<number>((done) =>
            document.addEventListener("click", () => done(performance.timeOrigin + performance.now()), {
              capture: true,
              once: true,
            }),
          ),
      );
      const answered = clinician.waitForResponse((response) => response.url().endsWith("/admit"));
      const seen = Promise.all([remotePicture(patient), remotePicture(clinician)]);
      await admit.click();
      took.push(Math.max(...(await seen)) - (await clicked));
      // To the head of the answer: the page reads no body, so that there is no end to wait for.
      roundTrips.push(Math.max(0, (await answered).request().timing().responseStart));
      await Promise.all([patient.context().close(), clinician.context().close()]);
    }
    return [
      {
        name: "admission to remote picture, both ends",
        ours: median(took),
        anchor: { name: "two browsers peer to peer", value: anchor },
        limit: 2 * anchor + median(roundTrips),
        unit: "ms",
        note: `2x peer to peer and one round trip to the API (${Math.round(median(roundTrips))} ms); rounds ${took.map(Math.round).join(", ")}`,
      },
    ];
  } finally {
    await Promise.all([one.close(), other.close()]);
  }
}
