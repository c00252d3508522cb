import type { NetworkInterfaceInfo } from "node:os";
import fc from "fast-check";
import { expect, test } from "vitest";
import { neverLeft, ownAddresses } from "./udp-ports";

const at = (address: string, more: Partial<NetworkInterfaceInfo> = {}) =>
  ({ address, internal: false, family: "IPv4", ...more }) as NetworkInterfaceInfo;

test("a browser of this machine is told of each of its addresses but loopback; of a hundred containers' bridges only of some", () => {
  expect(
    ownAddresses({
      lo: [at("127.0.0.1", { internal: true })],
      wlan0: [at("192.168.1.20"), at("fe80::1", { family: "IPv6" })],
      docker0: [at("172.17.0.1")],
      gone: undefined,
    }),
  ).toEqual(["192.168.1.20", "172.17.0.1"]);
  expect(ownAddresses({})).toEqual([]);
  const many = Array.from({ length: 100 }, (_, i) => at(`172.18.0.${i}`));
  expect(ownAddresses({ many })).toHaveLength(8);
});

test("only what went from an address to that same address stayed on the machine: a neighbour's never passes", () => {
  expect(neverLeft("192.168.1.20", "192.168.1.20")).toBe(true);
  fc.assert(
    fc.property(fc.ipV4(), fc.ipV4(), (mine, theirs) => {
      fc.pre(mine !== theirs);
      return !neverLeft(mine, theirs);
    }),
  );
  for (const nearly of [
    "192.168.1.2",
    "192.168.1.200",
    "::ffff:192.168.1.20",
    "192.168.1.20 ",
    "",
    "0.0.0.0",
  ])
    expect(neverLeft("192.168.1.20", nearly), nearly).toBe(false);
});
