import { expect, test } from "vitest";
import { acceptedLanguages, languageOf } from "./locales";

test("a reader gets the first of their languages that there is a catalogue for", () => {
  const wishes = acceptedLanguages("fr-CA, es-MX;q=0.7, ar;q=0.9, *;q=0.1");
  expect(wishes).toEqual(["fr-CA", "ar", "es-MX"]);
  expect(languageOf(wishes)).toMatchObject({ locale: "ar", dir: "rtl" });
});

test("a choice of one's own goes before the browser's, and English before nothing", () => {
  expect(languageOf(["es", ...acceptedLanguages("en-GB")]).locale).toBe("es");
  expect(languageOf(acceptedLanguages("fr, de")).locale).toBe("en");
  expect(languageOf([null, undefined, ""]).locale).toBe("en");
});

test("whatever a stranger sends as a language is read as none", () => {
  for (const wish of ["!!", "../../etc", "en_US-", "-", "a".repeat(4_000)])
    expect(languageOf([wish]).locale).toBe("en");
  expect(acceptedLanguages(`;q=1,,${"x,".repeat(50)}es;q=zero`)).not.toContain("");
  expect(acceptedLanguages("es;q=0")).toEqual([]);
});

test("a region decides how a time is read: 24 hours in Britain and Spain, 12 in the United States", () => {
  const time = (tag: string) =>
    new Intl.DateTimeFormat(languageOf([tag]).tag, {
      hour: "numeric",
      minute: "2-digit",
      timeZone: "UTC",
    }).format(new Date("2026-11-21T14:50:00Z"));
  expect(time("en-GB")).toBe("14:50");
  expect(time("es-ES")).toBe("14:50");
  expect(time("en")).toMatch(/2:50\sPM/);
  expect(time("ar")).toMatch(/2:50/); // Latin digits, as its telephone numbers
});
