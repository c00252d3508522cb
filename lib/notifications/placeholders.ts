import type { AnyTemplate } from "./message";

/**
 * All that a wording may name. There is none for the patient, the reason or the place: what is not here cannot be written into a
 * message, by us or by a clinic's own words.
 */
export const placeholders = [
  "visit",
  "Visit",
  "clinician",
  "when",
  "link",
  "expires",
  "until",
  "check",
  "minutes",
  "count",
  "code",
  "clinic",
  "phone",
] as const;
export type Placeholder = (typeof placeholders)[number];
export type Values = Partial<Record<Placeholder, string>>;
export type Part = "sms" | "subject" | "opening";

const always: readonly Placeholder[] = ["clinic", "phone"];
const ofVisit: readonly Placeholder[] = ["visit", "Visit", "clinician", "when", ...always];
const withLink: readonly Placeholder[] = [...ofVisit, "link", "expires", "until"];
const linked: ReadonlySet<AnyTemplate> = new Set([
  "initial",
  "reminder",
  "resend",
  "rescheduled",
  "series",
  "series-moved",
  "patient-waits",
]);
const several: ReadonlySet<AnyTemplate> = new Set(["series", "series-moved", "series-cancelled"]);
const bare: ReadonlySet<AnyTemplate> = new Set(["stopped", "resumed", "help", "unread"]);

/** A mail's link is its button: only a text carries it in its words. */
export function allowedIn(template: AnyTemplate, part: Part): readonly Placeholder[] {
  if (bare.has(template)) return always;
  if (template === "late") return [...ofVisit, "minutes"];
  if (template === "check" && part === "sms") return [...ofVisit, "check"];
  const more: readonly Placeholder[] = several.has(template) ? ["count"] : [];
  return [...(linked.has(template) && part === "sms" ? withLink : ofVisit), ...more];
}

/** Without these the message would be of no use. */
export function requiredIn(template: AnyTemplate, part: Part): readonly Placeholder[] {
  if (part !== "sms") return [];
  if (template === "patient-waits") return ["link"];
  if (linked.has(template)) return ["when", "link"];
  if (template === "check") return ["check"];
  if (template === "help") return ["clinic", "phone"];
  return ["late", "on-time", "time-kept", "cancelled", "series-cancelled"].includes(template) ? ["when"] : [];
}

const braces = /\{([^{}]*)\}/g;

/** What stands between braces, in order. */
export const namedIn = (wording: string): string[] =>
  [...wording.matchAll(braces)].map(([, name = ""]) => name);

/** Throws for a name that has no value: a message with a hole in it is never sent. "3:00 p.m." ends a sentence without another stop. */
export function fill(wording: string, values: Values): string {
  return wording.replace(/\{([^{}]*)\}(\.?)/g, (_, name: string, stop: string) => {
    const value = values[name as Placeholder];
    if (value === undefined) throw new Error(`a wording names {${name}}, which this message does not know`);
    return value.endsWith(".") ? value : value + stop;
  });
}
