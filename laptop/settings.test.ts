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

test("names and flows come as lists", () => {
  expect(readSettings({ LAPTOP_NAMES: "Laptop, cloud ,", LAPTOP_CONNECT_FLOW_IDS: "a,b" })).toMatchObject({
    names: ["laptop", "cloud"],
    connectFlowIds: ["a", "b"],
  });
});
