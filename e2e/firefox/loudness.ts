import type { FirefoxPage } from "./page";

type Watched = Window & { connections: RTCPeerConnection[]; voicePackets?: number };

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
 * listen to itself. 0 when no packet of a voice has come since the last look: what stands in the statistics is then an old voice.
 */
export const loudness = (page: FirefoxPage): Promise<number> =>
  page.evaluate(async () => {
    const watched = window as unknown as Watched;
    const { connections } = watched;
    let [loudest, packets] = [0, 0];
    for (const connection of connections.filter((one) => one.connectionState === "connected"))
      for (const stat of (await connection.getStats()).values())
        if (stat.type === "inbound-rtp" && stat.kind === "audio") {
          loudest = Math.max(loudest, stat.audioLevel ?? 0);
          packets += stat.packetsReceived ?? 0;
        }
    const before = watched.voicePackets;
    watched.voicePackets = packets;
    return packets === before ? 0 : loudest;
  });
