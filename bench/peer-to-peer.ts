import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright";
import { type WebSocket as Socket, WebSocketServer } from "ws";
import { openPage } from "./browser";

const blank = "<!doctype html><title>peer to peer</title><video id=v autoplay muted playsinline></video>";

/**
 * The anchor for click to remote video: two browsers, one RTCPeerConnection each, candidates trickled, and a relay on loopback that carries their
 * signaling as an app's would. The camera and the signaling are open before the clock starts, as they are in our waiting room.
 *
 * @returns milliseconds from the call's start to the first remote frame at the later of the two, one per round; by the pages' own clocks.
 */
export async function peerToPeerMs(caller: Browser, callee: Browser, rounds: number): Promise<number[]> {
  const relay = await openRelay();
  const pages = await Promise.all([openPeer(caller, relay.origin), openPeer(callee, relay.origin)]);
  const [a, b] = pages;
  const took: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await Promise.all(pages.map(prepare));
    const painted = Promise.all(pages.map(firstFrame));
    const startedAt = await a.evaluate(() => (window as unknown as Peer).call());
    took.push(Math.max(...(await painted)) - startedAt);
    await Promise.all(pages.map((page) => page.evaluate(() => (window as unknown as Peer).hangUp())));
  }
  await Promise.all([a.close(), b.close()]);
  relay.close();
  return took;
}

type Peer = {
  camera: MediaStream;
  relay: WebSocket;
  /** Offers. @returns when it began, in epoch milliseconds. */
  call(): Promise<number>;
  painted: Promise<number>;
  hangUp(): void;
};

/** The empty page, and a socket on which what one says the other hears. */
async function openRelay(): Promise<{ origin: string; close(): void }> {
  const server = createServer((_, response) => response.setHeader("content-type", "text/html").end(blank));
  const everybody = new Set<Socket>();
  new WebSocketServer({ server }).on("connection", (socket) => {
    everybody.add(socket);
    socket.on("message", (bytes) => {
      for (const other of everybody) if (other !== socket) other.send(String(bytes));
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, close: () => server.close() };
}

async function openPeer(browser: Browser, origin: string): Promise<Page> {
  const page = await openPage(browser);
  await page.goto(origin);
  await page.evaluate(async () => {
    const own = window as unknown as Peer;
    own.camera = await navigator.mediaDevices.getUserMedia({
      audio: true,
      video: { width: 960, height: 540, frameRate: 15 },
    });
    own.relay = new WebSocket(location.origin.replace("http", "ws"));
    await new Promise((open) => own.relay.addEventListener("open", open));
  });
  return page;
}

const firstFrame = (page: Page) => page.evaluate(() => (window as unknown as Peer).painted);

async function prepare(page: Page): Promise<void> {
  await page.evaluate(() => {
    const video = document.querySelector("video")!;
    const own = window as unknown as Peer;
    const connection = new RTCPeerConnection();
    const say = (what: object) => own.relay.send(JSON.stringify(what));
    connection.ontrack = ({ streams }) => {
      if (video.srcObject !== streams[0]) video.srcObject = streams[0]!;
    };
    connection.onicecandidate = ({ candidate }) => candidate && say({ candidate });
    const join = () => {
      for (const track of own.camera.getTracks()) connection.addTrack(track, own.camera);
    };
    const describe = async () => {
      await connection.setLocalDescription();
      say({ description: connection.localDescription });
    };
    own.relay.onmessage = async ({ data }) => {
      const { description, candidate } = JSON.parse(data);
      if (candidate) return void connection.addIceCandidate(candidate);
      await connection.setRemoteDescription(description);
      if (description.type === "answer") return;
      join();
      await describe();
    };
    own.painted = new Promise((done) =>
      video.requestVideoFrameCallback(() => done(performance.timeOrigin + performance.now())),
    );
    own.call = async () => {
      const began = performance.timeOrigin + performance.now();
      join();
      await describe();
      return began;
    };
    own.hangUp = () => {
      connection.close();
      video.srcObject = null;
    };
  });
}
