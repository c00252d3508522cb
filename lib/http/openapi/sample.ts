import type { JsonSchema } from "./types";

/**
 * A body that a schema describes, out of its fields' own examples: what must be sent, and what may be and has an example. A test shows that
 * each route takes the one that is shown for it.
 */
export function sampleOf(schema: JsonSchema, components: Record<string, JsonSchema>): unknown {
  if (schema.examples?.length) return schema.examples[0];
  if (schema.$ref) return sampleOf(components[schema.$ref.split("/").at(-1) ?? ""] ?? {}, components);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const choice = schema.anyOf?.[0] ?? schema.oneOf?.[0];
  if (choice) return sampleOf(choice, components);
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case "object": {
      const wanted = Object.entries(schema.properties ?? {}).filter(
        ([name, inner]) => schema.required?.includes(name) || inner.examples?.length,
      );
      return Object.fromEntries(wanted.map(([name, inner]) => [name, sampleOf(inner, components)]));
    }
    case "array":
      return schema.items
        ? Array.from({ length: schema.minItems || 1 }, () => sampleOf(schema.items!, components))
        : [];
    case "integer":
    case "number":
      return Math.max(schema.minimum ?? 1, Math.min(1, schema.maximum ?? 1));
    case "boolean":
      return true;
    case "null":
      return null;
    default:
      return ofFormat[schema.format ?? ""] ?? "…";
  }
}

const ofFormat: Record<string, string> = {
  uuid: "11111111-1111-4111-8111-111111111111",
  "date-time": "2027-01-11T15:00:00Z",
  email: "pat@example.com",
};
