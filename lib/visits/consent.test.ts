import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { consentPoints, consentVersion } from "./consent";

type Place = { consent: Record<string, string>; agree: string };
const placeIn = (locale: string): Place =>
  JSON.parse(readFileSync(path.resolve(import.meta.dirname, "../../messages", locale, "door.json"), "utf8"))
    .place;

test("what patients agreed to is still what stands behind its version: other words need another version", () => {
  const texts = ["en", "es", "ar"].map((locale) => {
    const { consent, agree } = placeIn(locale);
    expect(Object.keys(consent).sort()).toEqual([...consentPoints].sort());
    return [locale, consentPoints.map((point) => consent[point]), agree];
  });
  const hash = createHash("sha256").update(JSON.stringify(texts)).digest("hex").slice(0, 16);
  expect({ consentVersion, hash }).toMatchInlineSnapshot(`
    {
      "consentVersion": "2026-11-21",
      "hash": "ef96163fa83fbfc5",
    }
  `);
});
