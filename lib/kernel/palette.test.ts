import fc from "fast-check";
import { expect, test } from "vitest";
import { contrast, type Hex, isReadable, paletteCss, paletteOf, readable, readHex } from "./palette";

const anyColour = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value): Hex => `#${value.toString(16).padStart(6, "0")}`);

test("a colour is read as people write it, and nothing else is one", () => {
  expect(readHex(" 0B5F4B ")).toBe("#0b5f4b");
  expect(readHex("#ABCDEF")).toBe("#abcdef");
  for (const text of ["", "#abc", "green", "#12345g", "#0b5f4b;}", "url(x)"])
    expect(readHex(text)).toBeNull();
});

test("contrast is WCAG's: black on white is 21, a colour on itself 1", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
  expect(contrast("#767676", "#ffffff")).toBeCloseTo(4.54, 2);
  expect(contrast("#123456", "#123456")).toBe(1);
});

test("a colour that is too light is told, with the nearest darker one that can be read", () => {
  expect(isReadable("#0b5f4b")).toBe(true);
  expect(readable("#0b5f4b")).toBe("#0b5f4b");
  expect(isReadable("#ffcc00")).toBe(false);
  fc.assert(fc.property(anyColour, (colour) => isReadable(readable(colour))));
});

test("whatever the colour, words on it and of it can be read, by day and by night", () => {
  fc.assert(
    fc.property(anyColour, (colour) => {
      const { light, dark, stage, deep } = paletteOf(readable(colour));
      expect(contrast(light.on, light.brand)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(light.on, light.hover)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(light.ink, light.soft)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(light.ink, "#edf1ee")).toBeGreaterThanOrEqual(4.5);
      expect(contrast(dark.on, dark.brand)).toBeGreaterThanOrEqual(7);
      expect(contrast(dark.on, dark.hover)).toBeGreaterThanOrEqual(7);
      expect(contrast(dark.ink, dark.soft)).toBeGreaterThanOrEqual(7);
      expect(contrast(dark.ink, "#121c18")).toBeGreaterThanOrEqual(7);
      expect(contrast(stage, "#14211c")).toBeGreaterThanOrEqual(7);
      expect(contrast("#ffffff", deep)).toBeGreaterThanOrEqual(7);
      expect(paletteCss(readable(colour))).toMatch(/^[-\w:;#{}()[\]="@ ]+$/);
    }),
  );
});

test("a colour is still itself in the dark, not a grey of it; a grey stays one", () => {
  const spread = (tone: Hex) => {
    const parts = [1, 3, 5].map((at) => Number.parseInt(tone.slice(at, at + 2), 16));
    return Math.max(...parts) - Math.min(...parts);
  };
  for (const accent of ["#0b5f4b", "#0044cc", "#8a1c1c"] as const)
    for (const tone of [paletteOf(accent).dark.brand, paletteOf(accent).stage])
      expect(spread(tone)).toBeGreaterThan(70);
  expect(spread(paletteOf("#333333").dark.brand)).toBe(0);
});
