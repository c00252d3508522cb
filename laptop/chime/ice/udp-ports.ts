import type { RemoteInfo } from "node:dgram";
import { type NetworkInterfaceInfo, networkInterfaces } from "node:os";
import { openUdpPort, type UdpPort } from "./udp-port";

/** A machine with more (of containers, mostly) is found at the first ones: each is one more way for every browser to try. */
const ownAddressesMax = 8;

/** This machine's IPv4 addresses but loopback. */
export function ownAddresses(
  interfaces: Record<string, NetworkInterfaceInfo[] | undefined> = networkInterfaces(),
): string[] {
  return Object.values(interfaces)
    .flatMap((list) => list ?? [])
    .filter(({ family, internal }) => family === "IPv4" && !internal)
    .map(({ address }) => address)
    .slice(0, ownAddressesMax);
}

/** A datagram between one address and itself never was on a network: systems don't take their own address from a wire. */
export const neverLeft = (sentTo: string, from: string): boolean => sentTo === from;

export type UdpPorts = {
  /** The one at `host`. */
  readonly port: number;
  /** Where browsers may send media, the best first. */
  candidates(): Array<{ address: string; port: number }>;
  /** Opens and closes the own ones as this machine's addresses came and went. */
  follow(): Promise<void>;
  close(): Promise<void>;
};

/**
 * The sockets of all media: one at `host`, which takes whatever reaches it. Where that is loopback there is one more at each other address of this machine,
 * for a browser that never sends to loopback (Firefox): it hands on only what never left the machine, so that the network finds nothing there.
 *
 * @throws when `host` and `port` are taken. An own address that cannot be had is logged, and done without.
 */
export async function openUdpPorts(
  options: {
    host: string;
    /** 0: any free one, at each address another. */
    port: number;
    log: (line: object) => void;
    own?: () => string[];
  },
  onDatagram: (bytes: Buffer, from: RemoteInfo, at: UdpPort) => void,
): Promise<UdpPorts> {
  const { host, port, log } = options;
  const find = options.own ?? ownAddresses;
  const fault = (at: string, message: string) => log({ level: "error", chime: "udp", at, fault: message });
  const onFault = (message: string) => fault(host, message);
  const first = await openUdpPort({ address: host, port, onFault }, onDatagram);
  const own = new Map<string, UdpPort>();
  const refused = new Set<string>();
  let following: Promise<void> | null = null;
  let closing = false;

  async function add(address: string): Promise<void> {
    try {
      const opened = await openUdpPort(
        { address, port, onFault: (message) => fault(address, message) },
        (bytes, from, at) => {
          if (neverLeft(at.address, from.address)) onDatagram(bytes, from, at);
        },
      );
      if (closing) await opened.close();
      else own.set(address, opened);
      refused.delete(address);
    } catch (error) {
      if (!refused.has(address)) fault(address, error instanceof Error ? error.message : String(error));
      refused.add(address); // tried again at each look, and told once
    }
  }
  async function change(): Promise<void> {
    const wanted = host.startsWith("127.") ? find() : [];
    const gone = [...own.values()].filter(({ address }) => !wanted.includes(address));
    for (const { address } of gone) own.delete(address);
    await Promise.all([
      ...gone.map((one) => one.close()),
      ...wanted.filter((address) => !own.has(address)).map(add),
    ]);
  }
  function follow(): Promise<void> {
    following ??= change().finally(() => {
      following = null;
    });
    return following;
  }
  await follow();

  return {
    port: first.port,
    candidates: () => {
      const everywhere = host === "0.0.0.0" ? ["127.0.0.1", ...find()] : [host];
      return [
        ...everywhere.map((address) => ({ address, port: first.port })),
        ...[...own.values()].map((one) => ({ address: one.address, port: one.port })),
      ];
    },
    follow,
    async close() {
      closing = true;
      await following;
      await Promise.all([first, ...own.values()].map((one) => one.close()));
    },
  };
}
