import type { JsonSchema } from "@/lib/http/openapi/types";

/** A piece of a type as it is read: words, or the name of a shape that stands elsewhere on the page. */
export type TypePart = { text: string } | { shape: string };
export type Row = { name: string; type: TypePart[]; required: boolean; description: string | null };

/** Deeper than this, a member is told by its type alone. */
const deepest = 4;

/** The members of an object, those of objects inside it behind a dot, those of a list's items behind `[]`. */
export function rowsOf(schema: JsonSchema, prefix = "", depth = 0): Row[] {
  const own = schema.type === "array" && schema.items ? schema.items : schema;
  const required = new Set(own.required ?? []);
  return Object.entries(own.properties ?? {}).flatMap(([key, member]) => {
    const name = `${prefix}${key}`;
    const [inner, path] = insideOf(member, name);
    const row: Row = {
      name,
      type: typeOf(member),
      required: required.has(key),
      description: member.description ?? null,
    };
    return [row, ...(inner && depth < deepest ? rowsOf(inner, `${path}.`, depth + 1) : [])];
  });
}

/** An object that is written out here: the member itself, what is in its list, or what it is where it is not null. */
function insideOf(member: JsonSchema, name: string): [JsonSchema | null, string] {
  if (member.properties) return [member, name];
  if (member.items) return insideOf(member.items, `${name}[]`);
  const real = member.anyOf?.filter(({ type }) => type !== "null") ?? [];
  return real.length === 1 && real[0] ? insideOf(real[0], name) : [null, name];
}

export function typeOf(schema: JsonSchema): TypePart[] {
  if (schema.$ref) return [{ shape: schema.$ref.split("/").at(-1) ?? "" }];
  if (schema.const !== undefined) return [{ text: JSON.stringify(schema.const) }];
  if (schema.enum) return [{ text: schema.enum.map((one) => JSON.stringify(one)).join(" | ") }];
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.flatMap((one, at) => [...(at > 0 ? [{ text: " | " }] : []), ...typeOf(one)]);
  if (schema.type === "array") return [{ text: "[ " }, ...typeOf(schema.items ?? {}), { text: " ]" }];
  const kind = Array.isArray(schema.type) ? schema.type.join(" | ") : (schema.type ?? "any");
  return [{ text: [schema.format ?? kind, boundsOf(schema), nullsOf(schema)].filter(Boolean).join(" ") }];
}

/** A format says what kind of string it is; whether it may be null, it does not. */
const nullsOf = ({ format, type }: JsonSchema) =>
  format && Array.isArray(type) && type.includes("null") ? "| null" : "";

function boundsOf({ minimum, maximum, minLength, maxLength }: JsonSchema): string {
  const [from, to] = [minimum ?? minLength, maximum ?? maxLength];
  if (from === undefined && to === undefined) return "";
  return `${from ?? ""}…${to ?? ""}`;
}
