import { expect, test } from "vitest";
import { phoneCode } from "./phone-code";

const origin = "https://192.168.1.20:3443";
const link = `${origin}/j/abcd2345`;

test("a text's link becomes a code that holds the whole link, with the light margin that cameras need", () => {
  const code = phoneCode(`Tap to join: ${link}\nReply HELP for support.`, origin);
  expect(code?.text).toContain(`aria-label="Code for a phone's camera: ${link}"`);
  const drawn = [...(code?.text ?? "").matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => [
    Number(x),
    Number(y),
  ]);
  const size = Number(/viewBox="0 0 (\d+)/.exec(code?.text ?? "")?.[1]);
  expect(Math.min(...drawn.flat())).toBe(4);
  expect(Math.max(...drawn.flat())).toBe(size - 5);
});

test("no code for a link that only this computer can open, nor for a text without one", () => {
  expect(phoneCode(`Tap: ${link}`, null)).toBeNull();
  expect(phoneCode("Tap: http://localhost:3000/j/abcd2345", origin)).toBeNull();
  expect(phoneCode("Your visit was cancelled.", origin)).toBeNull();
});
