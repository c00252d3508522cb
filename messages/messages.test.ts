import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { createTranslator } from "next-intl";
import { describe, expect, test } from "vitest";
import { locales } from "./locales";
import { fleschKincaidGrade } from "./reading-grade";

type Tree = { [key: string]: string | Tree };

/** Folders' files by name; a language may lack those that are named here, and falls back to English. */
const mayLack: Record<string, string[]> = {
  ar: [
    "asked.json",
    "book.json",
    "day.json",
    "desk.json",
    "developers.json",
    "lists.json",
    "patients.json",
    "people.json",
    "rooms.json",
    "rules.json",
    "staff.json",
    "visit.json",
  ],
  es: ["developers.json"],
};
/** What a patient reads. */
const forPatients = [
  "account.json",
  "door.json",
  "connection.json",
  "call.json",
  "advice.json",
  "fault.json",
  "own.json",
  "support.json",
  "room.json",
];

const read = (locale: string, file: string): Tree =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, locale, file), "utf8"));
const leaves = (tree: Tree, at = ""): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [[`${at}${key}`, value] as [string, string]] : leaves(value, `${at}${key}.`),
  );
const files = readdirSync(path.join(import.meta.dirname, "en"));
/** `{name}`, `{count, plural, …}`, `<b>`: what a text is given. A brace in a text opens a value, one in a value opens a branch's text. */
const given = (text: string) => {
  const found = new Set([...text.matchAll(/<\w+>/g)].map(([tag]) => tag));
  let depth = 0;
  for (const [brace, name] of text.matchAll(/\{(\w*)|\}/g)) {
    if (brace === "}") depth -= 1;
    else if (depth++ % 2 === 0 && name) found.add(name);
  }
  return [...found].sort();
};

test("a branch's words are no value, and a value in a branch is one", () => {
  expect(given("<b>{who}</b>, {kind, select, sms {text} other {email to {where}}}")).toEqual([
    "<b>",
    "kind",
    "where",
    "who",
  ]);
});

describe.each(locales.filter((locale) => locale !== "en"))("the catalogue in %s", (locale) => {
  for (const file of files.filter((name) => !mayLack[locale]?.includes(name))) {
    const english = new Map(leaves(read("en", file)));
    const theirs = new Map(leaves(read(locale, file)));

    test(`${file} says everything that the English one says, and no more`, () => {
      expect([...theirs.keys()].sort()).toEqual([...english.keys()].sort());
      expect([...theirs].filter(([, text]) => !text.trim())).toEqual([]);
    });

    test(`${file} leaves out nothing that a text is given, like a name or a time`, () => {
      const wrong = [...english].filter(
        ([key, text]) => String(given(text)) !== String(given(theirs.get(key) ?? "")),
      );
      expect(wrong).toEqual([]);
    });
  }
});

test.each(locales.flatMap((locale) => files.map((file) => ({ locale, file }))))(
  "every text of $locale/$file can be formatted",
  ({ locale, file }) => {
    if (mayLack[locale]?.includes(file)) return;
    const messages = read(locale, file);
    const t = createTranslator({
      locale,
      messages: messages as never,
      onError(error) {
        throw error;
      },
    });
    const values = Object.fromEntries(
      leaves(messages).flatMap(([, text]) =>
        given(text).map((name) =>
          name.startsWith("<") ? [name.slice(1, -1), (part: unknown) => part] : [name, 3],
        ),
      ),
    );
    for (const [key] of leaves(messages)) expect(() => t.rich(key as never, values as never)).not.toThrow();
  },
);

test("what a patient reads in English asks for six years of school and no more", () => {
  const texts = forPatients
    .filter((file) => files.includes(file))
    .flatMap((file) => leaves(read("en", file)).map(([, text]) => plain(text)));
  const sentences = texts.filter((text) => text.split(/\s+/).length >= 4);
  expect(sentences.length).toBeGreaterThan(30);
  expect(fleschKincaidGrade(sentences.join(" "))).toBeLessThanOrEqual(6);
  // A label of a few words has no measure: one long word is half of it.
  const hard = sentences.filter((text) => text.split(/\s+/).length >= 8 && fleschKincaidGrade(text) > 9);
  expect(hard).toEqual([]);
});

/** A text as somebody reads it, with plain words for what it is given. */
function plain(text: string): string {
  const spoken = text
    .replace(/\{\w+, (?:plural|select),.*?other \{([^{}]*)\}\}/g, "$1")
    .replace(/\{\w+\}/g, "Jane")
    .replace(/<\/?\w+>/g, "")
    .replaceAll("#", "ten");
  return /[.?!…]$/.test(spoken) ? spoken : `${spoken}.`;
}

test("a Spanish sentence that ends with a time ends with its p.m., not with two stops", () => {
  const folder = path.join(import.meta.dirname, "es");
  const doubled = readdirSync(folder).flatMap((file) =>
    [...readFileSync(path.join(folder, file), "utf8").matchAll(/\{(?:time|at)\}(?:<\/\w+>)?\.[^"]*/g)].map(
      ([text]) => `${file}: ${text}`,
    ),
  );
  expect(doubled).toEqual([]);
});
