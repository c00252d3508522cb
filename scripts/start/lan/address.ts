import { isIPv4 } from "node:net";
import { type NetworkInterfaceInfo, networkInterfaces } from "node:os";
import { Halt } from "../halt";

/** Bridges and tunnels of virtual machines, containers and VPNs: a phone in the room is on none of them. */
const virtual = /^(docker|br-|veth|virbr|vmnet|vboxnet|utun|tun|tap|wg|tailscale|zt|lxc|cni|podman)/i;
/** RFC 1918 first: what a home or an office gives its phones. */
const usual = [/^192\.168\./, /^10\./, /^172\.(1[6-9]|2\d|3[01])\./];

const rank = (address: string) => {
  const found = usual.findIndex((pattern) => pattern.test(address));
  return found < 0 ? usual.length : found;
};

/** This machine's IPv4 addresses that a phone on the same network may reach, the likeliest first. */
export function lanAddresses(
  interfaces: Record<string, NetworkInterfaceInfo[] | undefined> = networkInterfaces(),
): string[] {
  return Object.entries(interfaces)
    .filter(([name]) => !virtual.test(name))
    .flatMap(([, list]) => list ?? [])
    .filter(
      ({ family, internal, address }) => family === "IPv4" && !internal && !address.startsWith("169.254."),
    )
    .map(({ address }) => address)
    .sort((a, b) => rank(a) - rank(b));
}

const everyAddress = () =>
  Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .map(({ address }) => address);

/**
 * The address that phones will open.
 *
 * @param wanted what the person gave, or null to choose. One that `known` leaves out, of a VPN say, may be meant; one that this machine hasn't may not.
 * @returns it, and the others that could have been meant.
 */
export function chooseLanAddress(
  wanted: string | null,
  known = lanAddresses(),
  own: readonly string[] = everyAddress(),
): { address: string; others: string[] } {
  if (wanted !== null && !isIPv4(wanted))
    throw new Halt(`--lan=${wanted} is not an IPv4 address. Try: npm start -- --lan`);
  if (wanted !== null && !own.includes(wanted))
    throw new Halt(
      `This computer has no address ${wanted}. ${known.length > 0 ? `Its own: npm start -- --lan=${known.join(" or --lan=")}` : "It is on no network that a phone could share."}`,
    );
  const address = wanted ?? known[0];
  if (!address)
    throw new Halt(
      "This computer is on no network that a phone could share. Join a Wi-Fi or plug in a cable, or name its address: npm start -- --lan=192.168.1.20",
    );
  return { address, others: known.filter((other) => other !== address) };
}
