import type { AnyTemplate } from "./message";
import { allowedIn, fill, namedIn, type Part, requiredIn, type Values } from "./placeholders";
import { smsLength } from "./sms-length";

/** Three parts arrive everywhere as one text, and cost three. */
const partsMax = 3;
const lettersMax: Record<Part, number> = { sms: 640, subject: 120, opening: 400 };

/** Its words for a person stand in the catalogue of staff pages, `settings.flaws`. */
export type WordingFlaw =
  | { code: "EMPTY" }
  | { code: "TOO_LONG"; lettersMax: number }
  | { code: "TOO_MANY_PARTS"; parts: number; partsMax: number }
  | { code: "PLACEHOLDER_UNKNOWN"; name: string }
  | { code: "PLACEHOLDER_MISSING"; name: string }
  | { code: "BRACE_ALONE" }
  /** Links come from `{link}` alone: any other address in a message of ours could lead patients anywhere. */
  | { code: "ADDRESS" }
  | { code: "CONTROL_CHARACTER" };

const address = /\bhttps?:|\bwww\.|\b[a-z0-9-]+\.(?:com|org|net|io|co|us|info|link|ly|me|app|health)\b/i;

/**
 * What is wrong with a clinic's own words, for the page that they are written on and for the door that keeps them.
 * @param sample values of the usual length, to measure a text with.
 */
export function checkWording(
  template: AnyTemplate,
  part: Part,
  words: string,
  sample: Values,
): WordingFlaw[] {
  if (!/\S/.test(words)) return [{ code: "EMPTY" }];
  if (words.length > lettersMax[part]) return [{ code: "TOO_LONG", lettersMax: lettersMax[part] }];
  const flaws: WordingFlaw[] = [];
  const named = namedIn(words);
  const allowed = allowedIn(template, part) as readonly string[];
  for (const name of new Set(named))
    if (!allowed.includes(name)) flaws.push({ code: "PLACEHOLDER_UNKNOWN", name });
  for (const name of requiredIn(template, part))
    if (!named.includes(name)) flaws.push({ code: "PLACEHOLDER_MISSING", name });
  if (/[{}]/.test(words.replace(/\{[^{}]*\}/g, ""))) flaws.push({ code: "BRACE_ALONE" });
  if (address.test(words)) flaws.push({ code: "ADDRESS" });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a text may have line breaks, a subject not even those
  if (part === "sms" ? /[\u0000-\u0009\u000b-\u001f\u007f]/.test(words) : /[\u0000-\u001f\u007f]/.test(words))
    flaws.push({ code: "CONTROL_CHARACTER" });
  if (flaws.length === 0 && part === "sms") {
    const { parts } = smsLength(fill(words, sample));
    if (parts > partsMax) flaws.push({ code: "TOO_MANY_PARTS", parts, partsMax });
  }
  return flaws;
}
