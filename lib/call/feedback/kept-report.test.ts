import { expect, test } from "vitest";
import type { Measured } from "@/lib/kernel/measured";
import { openMeasure } from "../line/measure";
import { keptReport } from "./kept-report";

const measured: Measured = {
  ...openMeasure().read(0),
  seconds: 600,
  camera: "on",
  microphone: "on",
  browser: "chrome",
  browserVersion: 140,
  system: "android",
};

function storage() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

test("a reload after the end keeps what the call measured, for that seat alone", () => {
  const tab = storage();
  keptReport(() => tab).remember("seat", measured);
  expect(keptReport(() => tab).recall("seat")).toEqual(measured);
  expect(keptReport(() => tab).recall("another")).toBeNull();
});

test("without a storage, or with one that somebody spoilt, the report still goes, without the numbers", () => {
  const forbidden = () => {
    throw new Error("denied");
  };
  keptReport(forbidden).remember("seat", measured);
  expect(keptReport(forbidden).recall("seat")).toBeNull();
  expect(keptReport(() => ({ getItem: () => "{", setItem: () => undefined })).recall("seat")).toBeNull();
});
