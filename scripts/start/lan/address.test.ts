import type { NetworkInterfaceInfo } from "node:os";
import { expect, test } from "vitest";
import { chooseLanAddress, lanAddresses } from "./address";

const at = (address: string, internal = false): NetworkInterfaceInfo => ({
  address,
  internal,
  family: "IPv4",
  netmask: "255.255.255.0",
  mac: "02:00:00:00:00:01",
  cidr: `${address}/24`,
});

test("a phone is sent to the Wi-Fi, not to a container's bridge, a tunnel or an address that nobody gave", () => {
  expect(
    lanAddresses({
      lo: [at("127.0.0.1", true)],
      docker0: [at("172.17.0.1")],
      utun3: [at("10.8.0.2")],
      eth1: [at("203.0.113.9"), at("169.254.10.1")],
      wlan0: [at("192.168.1.20")],
    }),
  ).toEqual(["192.168.1.20", "203.0.113.9"]);
});

test("a person's own choice wins, and the rest is named so that it can be chosen", () => {
  expect(chooseLanAddress("10.0.0.4", ["192.168.1.20", "10.0.0.4"], ["192.168.1.20", "10.0.0.4"])).toEqual({
    address: "10.0.0.4",
    others: ["192.168.1.20"],
  });
});

test("without a network, and with an address that is none, there is one line that says what to do", () => {
  expect(() => chooseLanAddress(null, [])).toThrow(/Join a Wi-Fi/);
  expect(() => chooseLanAddress("kitchen", [])).toThrow(/not an IPv4 address/);
});

test("an address of another computer is refused before anything starts, and this one's are named", () => {
  const mine = ["127.0.0.1", "192.168.1.20"];
  expect(() => chooseLanAddress("192.168.1.99", ["192.168.1.20"], mine)).toThrow(
    "This computer has no address 192.168.1.99. Its own: npm start -- --lan=192.168.1.20",
  );
  expect(() => chooseLanAddress("192.168.1.99", [], ["127.0.0.1"])).toThrow(/no network/);
  expect(chooseLanAddress("127.0.0.1", [], mine).address).toBe("127.0.0.1");
});
