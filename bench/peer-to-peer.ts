import type { Browser, Page } from "playwright";
import { openPage } from "./browser";

const blank = "<!doctype html><title>peer to peer</title><video id=v autoplay muted playsinline></video>";

/**
 * The anchor for click to remote video: two browsers, one RTCPeerConnection each, nothing between them but this process carrying
 * the two descriptions. The camera is open before the clock starts, as it is in our preview.
 *
 * @returns milliseconds from the call's start to the first remote frame painted, one per round.
 */
export async function peerToPeerMs(
  caller: Browser,
  callee: Browser,
  origin: string,
  rounds: number,
): Promise<number[]> {
  const [a, b] = await Promise.all([openCamera(caller, origin), openCamera(callee, origin)]);
  const took: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await Promise.all([prepare(a), prepare(b)]);
    const painted = firstFrame(a);
    const startedAt = performance.now();
    const offer = await a.evaluate(() => (window as unknown as Peer).offer());
    const answer = await b.evaluate((sdp) => (window as unknown as Peer).answer(sdp), offer);
    await a.evaluate((sdp) => (window as unknown as Peer).accept(sdp), answer);
    await painted;
    took.push(performance.now() - startedAt);
    await Promise.all([a, b].map((page) => page.evaluate(() => (window as unknown as Peer).hangUp())));
  }
  await Promise.all([a.close(), b.close()]);
  return took;
}

type Peer = {
  offer(): Promise<string>;
  answer(sdp: string): Promise<string>;
  accept(sdp: string): Promise<void>;
  painted: Promise<void>;
  hangUp(): void;
};

async function openCamera(browser: Browser, origin: string): Promise<Page> {
  const page = await openPage(browser);
  // A secure context is needed for the camera; the page itself is ours and empty.
  await page.route(`${origin}/bench-peer-to-peer`, (route) =>
    route.fulfill({ contentType: "text/html", body: blank }),
  );
  await page.goto(`${origin}/bench-peer-to-peer`);
  await page.evaluate(async () => {
    const camera = await navigator.mediaDevices.getUserMedia({
      audio: true,
      video: { width: 960, height: 540, frameRate: 15 },
    });
    (window as unknown as { camera: MediaStream }).camera = camera;
  });
  return page;
}

const firstFrame = (page: Page) => page.evaluate(() => (window as unknown as Peer).painted);

async function prepare(page: Page): Promise<void> {
  await page.evaluate(() => {
    const video = document.querySelector("video")!;
    const own = window as unknown as Peer & { camera: MediaStream };
    const connection = new RTCPeerConnection();
    for (const track of own.camera.getTracks()) connection.addTrack(track, own.camera);
    connection.ontrack = ({ streams }) => {
      if (video.srcObject !== streams[0]) video.srcObject = streams[0]!;
    };
    const gathered = () =>
      new Promise<void>((done) => {
        if (connection.iceGatheringState === "complete") return done();
        connection.onicegatheringstatechange = () => connection.iceGatheringState === "complete" && done();
      });
    own.painted = new Promise((done) => video.requestVideoFrameCallback(() => done()));
    own.offer = async () => {
      await connection.setLocalDescription();
      await gathered();
      return connection.localDescription!.sdp;
    };
    own.answer = async (sdp) => {
      await connection.setRemoteDescription({ type: "offer", sdp });
      await connection.setLocalDescription();
      await gathered();
      return connection.localDescription!.sdp;
    };
    own.accept = (sdp) => connection.setRemoteDescription({ type: "answer", sdp });
    own.hangUp = () => {
      connection.close();
      video.srcObject = null;
    };
  });
}
