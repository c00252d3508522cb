import { randomBytes } from "node:crypto";
import type { RemoteInfo } from "node:dgram";
import { bindingRequest, hasIntegrity, readStun, writeBindingSuccess } from "./stun";
import type { UdpPort } from "./udp-port";
import { openUdpPorts } from "./udp-ports";

/** What goes wrong on purpose between us and one client, each way: everything lost, or a share of it (0 to 1); and all of it late. */
export type NetworkFault = { blackhole: boolean; lossRate: number; delayMs: number };

/** One client's side of the port. `onReachable` fires once, at the first check that knew the password. */
type IceAgent = {
  readonly ufrag: string;
  readonly pwd: string;
  fault(): NetworkFault | null;
  onReachable(): void;
  /** At each check that knew the password: the client is there and wants what we send (RFC 7675). */
  onConsent(): void;
  /** Anything but STUN, from an address this client proved to own. Ours to keep: the buffer is not reused. */
  onPacket(packet: Buffer): void;
};

export type IceLite = {
  /** Of the host it was opened at. */
  readonly port: number;
  /** Where browsers may send, the best first. */
  candidates(): Array<{ address: string; port: number }>;
  /** This machine's own addresses come and go: looks again. */
  follow(): Promise<void>;
  open(agent: Omit<IceAgent, "ufrag" | "pwd">): IceLink;
  close(): Promise<void>;
};
export type IceLink = { ufrag: string; pwd: string; send(packet: Buffer): void; close(): void };

/** A client's address, and the socket at which it found us: it expects answers from there. */
type Remote = { from: RemoteInfo; at: UdpPort };
type Route = { agent: IceAgent; remote: Remote | null; addresses: Set<string>; reached: boolean };

/** A client has a few interfaces, not dozens: the oldest address gives way. */
const addressesMax = 8;

/**
 * ICE-lite (RFC 8445 §2.5) for every client on the same UDP ports (`udp-ports.ts`): STUN tells clients apart by user name, the rest by source address.
 * Only a check with the right password binds an address, so a stranger's packet costs one look-up and is gone.
 */
export async function openIceLite(options: {
  host: string;
  port: number;
  log: (line: object) => void;
  own?: () => string[];
  random?: () => number;
}): Promise<IceLite> {
  const random = options.random ?? Math.random;
  const byUfrag = new Map<string, Route>();
  const byAddress = new Map<string, Route>();
  /** When a packet arrives: 0 is now, -1 never. Milliseconds. */
  function lateness(agent: IceAgent): number {
    const fault = agent.fault();
    if (fault === null) return 0;
    return fault.blackhole || random() < fault.lossRate ? -1 : fault.delayMs;
  }
  function transmit(packet: Buffer, { remote }: Pick<Route, "remote">): void {
    remote?.at.send(packet, remote.from);
  }

  function bind(route: Route, key: string): void {
    if (byAddress.get(key) === route) return;
    byAddress.set(key, route);
    route.addresses.add(key);
    if (route.addresses.size <= addressesMax) return;
    const [oldest] = route.addresses;
    route.addresses.delete(oldest!);
    if (byAddress.get(oldest!) === route) byAddress.delete(oldest!);
  }

  function onCheck(bytes: Buffer, from: RemoteInfo, at: UdpPort): void {
    const message = readStun(bytes);
    if (!message || message.type !== bindingRequest) return;
    const route = byUfrag.get(message.username.split(":", 1)[0]!);
    if (!route || lateness(route.agent) < 0 || !hasIntegrity(bytes, message, route.agent.pwd)) return;
    transmit(writeBindingSuccess(message.transactionId, from, route.agent.pwd), { remote: { from, at } });
    bind(route, `${from.address}:${from.port}`);
    if (!route.remote || message.useCandidate) route.remote = { from, at };
    route.agent.onConsent();
    if (route.reached) return;
    route.reached = true;
    route.agent.onReachable();
  }

  function take(bytes: Buffer, from: RemoteInfo): void {
    const route = byAddress.get(`${from.address}:${from.port}`);
    if (!route) return;
    const lateMs = lateness(route.agent);
    if (lateMs === 0) route.agent.onPacket(bytes);
    // Timers of one length end in their order, so packets keep theirs.
    else if (lateMs > 0) setTimeout(() => safely(() => route.agent.onPacket(bytes)), lateMs);
  }

  /** Bytes from outside never end the process. A throw here is our own mistake: say so and go on. */
  function safely(run: () => void): void {
    try {
      run();
    } catch (error) {
      const fault = error instanceof Error ? error.stack : String(error);
      options.log({ level: "error", chime: "udp", fault });
    }
  }
  const ports = await openUdpPorts(options, (bytes, from, at) => {
    if (bytes.length > 0) safely(() => (bytes[0]! < 4 ? onCheck(bytes, from, at) : take(bytes, from)));
  });

  return {
    port: ports.port,
    candidates: ports.candidates,
    follow: ports.follow,
    open(hooks) {
      const agent: IceAgent = {
        ufrag: randomBytes(6).toString("hex"),
        pwd: randomBytes(18).toString("hex"),
        ...hooks,
      };
      const route: Route = { agent, remote: null, addresses: new Set(), reached: false };
      byUfrag.set(agent.ufrag, route);
      return {
        ufrag: agent.ufrag,
        pwd: agent.pwd,
        send(packet) {
          const lateMs = lateness(agent);
          if (lateMs === 0) transmit(packet, route);
          else if (lateMs > 0) setTimeout(() => transmit(packet, route), lateMs);
        },
        close() {
          byUfrag.delete(agent.ufrag);
          for (const key of route.addresses) if (byAddress.get(key) === route) byAddress.delete(key);
          route.remote = null;
        },
      };
    },
    close: ports.close,
  };
}
