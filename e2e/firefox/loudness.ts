import type { FirefoxPage } from "./page";

type Watched = Window & { connections: RTCPeerConnection[] };

/** Keeps the page's connections where `loudness` finds them. An init script. */
export function watchConnections(): void {
  const connections: RTCPeerConnection[] = [];
  const Original = RTCPeerConnection;
  Object.assign(window, { connections });
  window.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.push(this);
    }
  };
}

/**
 * The loudest voice that comes in now, 0 to 1, as its connection says: without a sound card Firefox has no clock by which a page could
 * listen to itself.
 */
export const loudness = (page: FirefoxPage): Promise<number> =>
  page.evaluate(async () => {
    const { connections } = window as unknown as Watched;
    let loudest = 0;
    for (const connection of connections.filter((one) => one.connectionState === "connected"))
      for (const stat of (await connection.getStats()).values())
        if (stat.type === "inbound-rtp" && stat.kind === "audio")
          loudest = Math.max(loudest, stat.audioLevel ?? 0);
    return loudest;
  });
