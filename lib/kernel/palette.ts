/** A colour as `#rrggbb`, in small letters. */
export type Hex = `#${string}`;
type Rgb = readonly [number, number, number];

/** One theme's tones of a clinic's accent: `app/styles/tokens.css` names them `--brand…`. */
export type Tones = { brand: Hex; hover: Hex; on: Hex; soft: Hex; ink: Hex };

/** WCAG 2.2, 1.4.3 (AA, text); in the dark theme we hold ourselves to AAA. */
const [aa, aaa] = [4.5, 7];
/** `--ground` and `--surface` of both themes, and what lies behind video. */
const light = { ground: "#edf1ee", surface: "#ffffff" } as const;
const dark = { surface: "#121c18", stage: "#14211c" } as const;
const [white, black]: [Hex, Hex] = ["#ffffff", "#000000"];

/** A colour as people write it, with or without its sign. Null: none. */
export function readHex(text: string): Hex | null {
  const [, digits] = /^\s*#?([0-9a-f]{6})\s*$/i.exec(text) ?? [];
  return digits ? `#${digits.toLowerCase()}` : null;
}

/** How far two colours stand apart, from 1 to 21 (WCAG 2.2, "contrast ratio"). */
export function contrast(one: Hex, other: Hex): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

/** White words can be read on it, and it as words on our pages. */
export const isReadable = (accent: Hex): boolean =>
  [white, light.ground].every((other) => contrast(accent, other) >= aa);

/** The same colour, darkened until it can be read. */
export const readable = (accent: Hex): Hex => until(accent, black, isReadable);

/** All that a clinic's one colour becomes. `stage`: on the dark behind video; `deep`: as a whole wall. */
export function paletteOf(accent: Hex): { light: Tones; dark: Tones; stage: Hex; deep: Hex } {
  const soft = mix(accent, white, 0.86);
  const bright = lift(accent, (tone) => contrast(tone, dark.surface) >= aaa);
  const dim = mix(accent, dark.surface, 0.7);
  return {
    light: {
      brand: accent,
      hover: mix(accent, black, 0.2),
      on: white,
      soft,
      ink: until(accent, black, (tone) => [soft, light.ground].every((under) => contrast(tone, under) >= aa)),
    },
    dark: {
      brand: bright,
      hover: mix(bright, white, 0.25),
      on: until(mix(accent, black, 0.7), black, (tone) => contrast(tone, bright) >= aaa),
      soft: dim,
      ink: until(bright, white, (tone) => contrast(tone, dim) >= aaa),
    },
    stage: lift(accent, (tone) => contrast(tone, dark.stage) >= aaa),
    deep: until(mix(accent, black, 0.35), black, (tone) => contrast(tone, white) >= aaa),
  };
}

/** The palette as a style sheet over `tokens.css`, whose selectors it outweighs. Made of colours alone, so nothing typed stands in it. */
export function paletteCss(accent: Hex): string {
  const { light: day, dark: night, stage, deep } = paletteOf(accent);
  const tones = ({ brand, hover, on, soft, ink }: Tones) =>
    `--brand:${brand};--brand-hover:${hover};--on-brand:${on};--brand-soft:${soft};--brand-ink:${ink}`;
  return [
    `html:root{${tones(day)};--on-stage-brand:${stage};--deep:${deep}}`,
    `@media (prefers-color-scheme:dark){html:root:not([data-theme="light"]){${tones(night)}}}`,
    `html:root[data-theme="dark"]{${tones(night)}}`,
  ].join("");
}

/** The first tone on the way from `tone` to `end` that fits. */
function until(tone: Hex, end: Hex, fits: (tone: Hex) => boolean): Hex {
  for (let step = 0; step < 50; step++) {
    const next = mix(tone, end, step / 50);
    if (fits(next)) return next;
  }
  return end;
}

/** The same hue, lighter until it fits: mixed with white it would lose its colour. No more saturated than does the eye good in the dark. */
function lift(tone: Hex, fits: (tone: Hex) => boolean): Hex {
  const [hue, saturation, lightness] = hslOf(tone);
  for (let light = lightness; light < 1; light += 0.01) {
    const next = ofHsl(hue, Math.min(saturation, 0.6), light);
    if (fits(next)) return next;
  }
  return white;
}

/** Hue in degrees; saturation and lightness from 0 to 1 (CSS Color 4, 7.1). */
function hslOf(colour: Hex): [hue: number, saturation: number, lightness: number] {
  const [red, green, blue] = rgbOf(colour).map((part) => part / 255) as [number, number, number];
  const [low, high] = [Math.min(red, green, blue), Math.max(red, green, blue)];
  const [spread, lightness] = [high - low, (high + low) / 2];
  if (spread === 0) return [0, 0, lightness];
  const turn =
    high === red
      ? (green - blue) / spread + 6
      : high === green
        ? (blue - red) / spread + 2
        : (red - green) / spread + 4;
  return [(turn * 60) % 360, spread / (1 - Math.abs(2 * lightness - 1)), lightness];
}

function ofHsl(hue: number, saturation: number, lightness: number): Hex {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  const parts = [0, 8, 4].map((offset) => {
    const step = (offset + hue / 30) % 12;
    return Math.round(255 * (lightness - reach * Math.max(-1, Math.min(step - 3, 9 - step, 1))));
  });
  return hexOf(parts);
}

const hexOf = (parts: readonly number[]): Hex =>
  `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;

/** @param share of `other`, from 0 to 1. */
function mix(one: Hex, other: Hex, share: number): Hex {
  const [a, b] = [rgbOf(one), rgbOf(other)];
  const parts = a.map((part, index) => Math.round(part + (b[index]! - part) * share));
  return hexOf(parts);
}

function luminance(colour: Hex): number {
  const [red, green, blue] = rgbOf(colour).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const rgbOf = (colour: Hex): Rgb =>
  [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)) as unknown as Rgb;
