import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { JsonSchema } from "./types";

/**
 * zod's schemas as JSON Schema 2020-12, which OpenAPI 3.1 speaks: what a sender writes, before anything is trimmed or turned. Schemas with an
 * `id` become components, each once.
 */
export function openSchemas() {
  const components: Record<string, JsonSchema> = {};

  function schemaOf(schema: z.ZodType): JsonSchema {
    const {
      $schema: _,
      $defs = {},
      ...own
    } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any", override: tidy }) as JsonSchema & {
      $defs?: Record<string, JsonSchema>;
    };
    for (const [name, part] of Object.entries($defs)) {
      const { id: _id, ...component } = pointed(part) as JsonSchema;
      if (components[name] && !isDeepStrictEqual(components[name], component))
        throw new Error(`two schemas are called ${name}`);
      components[name] = component;
    }
    return pointed(own) as JsonSchema;
  }
  return { components, schemaOf };
}

/** A format says it already, and a number's bounds that every number of the language has say nothing. */
function tidy({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.format) delete jsonSchema.pattern;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
}

function pointed(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(pointed);
  if (typeof part !== "object" || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => [
      key,
      key === "$ref" && typeof value === "string"
        ? value.replace(/^#\/\$defs\//, "#/components/schemas/")
        : pointed(value),
    ]),
  );
}
