import { expect, test } from "vitest";
import { readSettings } from "./settings";

test("unset, it is for this machine alone, on the known port", () => {
  expect(readSettings({})).toMatchObject({ host: "127.0.0.1", port: 4600, udpPort: 0, region: "us-east-1" });
});

test.each(["-1", "65536", "4600.5", "http"])("a port of %s is refused by its name", (LAPTOP_PORT) => {
  expect(() => readSettings({ LAPTOP_PORT })).toThrow(/LAPTOP_PORT/);
});

test("production only where CLOUD=local says that it is meant", () => {
  expect(() => readSettings({ NODE_ENV: "production" })).toThrow(/CLOUD=local/);
  expect(() => readSettings({ NODE_ENV: "production", CLOUD: "aws" })).toThrow(/CLOUD=local/);
  expect(readSettings({ NODE_ENV: "production", CLOUD: "local" }).port).toBe(4600);
});

test.each([
  ["sip:10.0.0.5", { host: "10.0.0.5", port: 5060, transport: "udp", login: null }],
  ["sip:trunk.test:5070;transport=tcp", { host: "trunk.test", port: 5070, transport: "tcp" }],
  ["sips:trunk.test", { port: 5061, transport: "tls" }],
])("%s is a trunk", (LAPTOP_SIP_TRUNK, trunk) => {
  expect(readSettings({ LAPTOP_SIP_TRUNK }).voice.trunk).toMatchObject(trunk);
});

test.each(["10.0.0.5:5060", "sip:", "sip:trunk.test;transport=carrier-pigeon"])(
  "%s is none, and said so by its name",
  (LAPTOP_SIP_TRUNK) => {
    expect(() => readSettings({ LAPTOP_SIP_TRUNK })).toThrow(/LAPTOP_SIP_TRUNK/);
    expect(readSettings({}).voice.trunk).toBeNull();
  },
);

test("names and flows come as lists", () => {
  expect(readSettings({ LAPTOP_NAMES: "Laptop, cloud ,", LAPTOP_CONNECT_FLOW_IDS: "a,b" })).toMatchObject({
    names: ["laptop", "cloud"],
    connectFlowIds: ["a", "b"],
  });
});
