import { badRequest } from "./validate";

type Json = Record<string, unknown>;
const engines = new Set(["EngineTranscribeSettings", "EngineTranscribeMedicalSettings"]);
/** Of the vendor's many settings these mean nothing to whoever hears no words, and harm nobody; any other is refused. */
const known = new Set([
  "LanguageCode",
  "Region",
  "Specialty",
  "Type",
  "EnablePartialResultsStabilization",
  "PartialResultsStability",
]);

/** StartMeetingTranscription's body: one engine, one language. */
export function readTranscription(body: Json, mediaRegion: string): { languageCode: string; region: string } {
  const given = Object.entries(objectOf(body.TranscriptionConfiguration, "TranscriptionConfiguration"));
  const [name = "", settings] = given[0] ?? [];
  if (given.length !== 1 || !engines.has(name))
    throw badRequest(`TranscriptionConfiguration takes one of ${[...engines].join(", ")}`);
  const { LanguageCode, ...more } = objectOf(settings, name);
  const unknown = Object.keys(more).find((key) => !known.has(key));
  if (unknown) throw badRequest(`The laptop cloud has no ${name}.${unknown.slice(0, 64)}`);
  if (typeof LanguageCode !== "string" || !/^[a-z]{2}-[A-Z]{2}$/.test(LanguageCode))
    throw badRequest(`${name}.LanguageCode is required, as in en-US`);
  return { languageCode: LanguageCode, region: mediaRegion };
}

function objectOf(value: unknown, name: string): Json {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw badRequest(`${name} must be an object`);
  return value as Json;
}
