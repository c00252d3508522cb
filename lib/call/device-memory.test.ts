import { expect, test } from "vitest";
import { deviceMemory } from "./device-memory";

function shelf(kept: string | null = null) {
  let value = kept;
  return {
    getItem: () => value,
    setItem: (_: string, next: string) => {
      value = next;
    },
    kept: () => value,
  };
}

test("the chosen devices are there next time", () => {
  const storage = shelf();
  deviceMemory(storage).remember({ camera: "c1", speaker: "s1" });
  expect(deviceMemory(storage).recall()).toEqual({ camera: "c1", speaker: "s1" });
});

test.each(["not json", "null", "[]", '{"camera":7,"microphone":"m"}'])(
  "what isn't ours is left: %s",
  (kept) => {
    expect(deviceMemory(shelf(kept)).recall()).toEqual(
      kept.includes("microphone") ? { microphone: "m" } : {},
    );
  },
);

test("a browser that forbids storage costs nothing but the memory", () => {
  const refuse = () => {
    throw new DOMException("no", "SecurityError");
  };
  const memory = deviceMemory({ getItem: refuse, setItem: refuse });
  memory.remember({ camera: "c" });
  expect(memory.recall()).toEqual({});
  expect(deviceMemory(null).recall()).toEqual({});
});
