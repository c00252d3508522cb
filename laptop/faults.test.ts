import { expect, test } from "vitest";
import { type Fault, openFaults, readFault } from "./faults";

const open = (random = () => 0.5) => {
  const saved: Fault[][] = [];
  return { faults: openFaults({ load: undefined, save: (list) => void saved.push(list), random }), saved };
};

test("a switch turned off leaves nothing behind", () => {
  const { faults, saved } = open();
  faults.set({ service: "ses", throttle: true });
  faults.set({ service: "ses", throttle: false });
  expect([faults.list(), saved.at(-1)]).toEqual([[], []]);
});

test("the share of calls that fails is the share that was asked for", async () => {
  let turn = 0;
  const { faults } = open(() => (turn++ % 10) / 10);
  faults.set({ service: "kms", failRate: 0.3 });
  const calls = await Promise.allSettled(Array.from({ length: 100 }, () => faults.apply("kms", "Sign")));
  expect(calls.filter(({ status }) => status === "rejected")).toHaveLength(30);
});

test("one operation can be in trouble while its service is well", async () => {
  const { faults } = open();
  faults.set({ service: "chime", operation: "CreateMeeting", throttle: true });
  await expect(faults.apply("chime", "CreateMeeting")).rejects.toMatchObject({
    code: "ThrottledClientException",
    status: 429,
  });
  await faults.apply("chime", "GetMeeting");
});

test("clearing one service leaves the others' faults on", () => {
  const { faults } = open();
  faults.set({ service: "ses", drop: true });
  faults.set({ service: "sms", drop: true });
  faults.clear("ses");
  expect([faults.drops("ses"), faults.drops("sms")]).toEqual([false, true]);
});

test("faults are there again after a restart", () => {
  const load: Fault[] = [{ service: "sms", drop: true }];
  expect(openFaults({ load, save: () => {} }).drops("sms")).toBe(true);
});

test.each([
  { service: "sms", slowMs: Number.NaN },
  { service: "sms", slowMs: 60_001 },
  { service: "sms", failRate: "1" },
  { service: "sms", throttle: "yes" },
  { service: "sms", operation: "a/b", throttle: true },
  { service: "sms", operation: "SendTextMessage", drop: true },
])("%j is no fault", (input) => {
  expect(readFault(input)).toBeNull();
});
