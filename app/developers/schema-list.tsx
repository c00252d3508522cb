import type { JsonSchema } from "@/lib/http/openapi/types";
import { rowsOf, type TypePart, typeOf } from "./schema-rows";

/** A schema as a list of its members, or as the one type that it is. */
export function SchemaList({ schema, required }: { schema: JsonSchema; required: string }) {
  const rows = rowsOf(schema);
  if (rows.length === 0)
    return (
      <p>
        <TypeName parts={typeOf(schema)} />
      </p>
    );
  return (
    <dl className="api__fields">
      {rows.map(({ name, type, required: must, description }) => (
        <div key={name}>
          <dt>
            <code>{name}</code> <TypeName parts={type} />{" "}
            {must ? <span className="chip">{required}</span> : null}
          </dt>
          {description ? (
            <dd>
              <Prose text={description} />
            </dd>
          ) : null}
        </div>
      ))}
    </dl>
  );
}

function TypeName({ parts }: { parts: TypePart[] }) {
  return (
    <span className="api__type">
      {parts.map((part, at) =>
        "shape" in part ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a type never move
          <a key={at} href={`#shape-${part.shape}`}>
            {part.shape}
          </a>
        ) : (
          part.text
        ),
      )}
    </span>
  );
}

/** A sentence in which names of the API stand between backticks. */
export function Prose({ text }: { text: string }) {
  return text.split("`").map((part, at) =>
    at % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence never move
      <code key={at}>{part}</code>
    ) : (
      part
    ),
  );
}
