import type { OpenApiDocument, Reply } from "@/lib/http/openapi/types";
import { CallName } from "./call-line";
import { type Call, repliesOf } from "./calls";
import { curlOf } from "./curl";
import { Prose, SchemaList } from "./schema-list";
import type { Words } from "./words";

type Props = { call: Call; components: OpenApiDocument["components"]; t: Words };

/** One call with everything that there is to say of it, under its line. */
export function CallCard({ call: { method, path, operation }, components, t }: Props) {
  const { operationId, summary, description, parameters, requestBody } = operation;
  const perMinute = operation["x-requests-per-minute"];
  const replies = repliesOf(operation, components);
  const refused = replies.filter(({ status, reply }) => reply["x-codes"] && status !== "default");
  const [sent] = Object.values(requestBody?.content ?? {});
  return (
    <details className="card api__call" id={operationId} open>
      <summary>
        <CallName {...{ method, path, summary }} />
      </summary>
      <div className="stack">
        {description ? (
          <p>
            <Prose text={description} />
          </p>
        ) : null}
        <section className="stack stack--tight">
          <h3>{t("who")}</h3>
          <p>{whoMay(operation, t)}</p>
          {perMinute ? <p className="soft">{t("perMinute", { count: perMinute })}</p> : null}
        </section>
        {parameters.length > 0 ? (
          <section className="stack stack--tight">
            <h3>{t("parameters")}</h3>
            <SchemaList schema={asObject(parameters)} required={t("required")} />
          </section>
        ) : null}
        {sent ? (
          <section className="stack stack--tight">
            <h3>{t("body")}</h3>
            {sent.schema.anyOf ? <p>{t("oneOf")}</p> : null}
            {(sent.schema.anyOf ?? [sent.schema]).map((schema, at) =>
              schema.properties ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: the choices of a schema never move
                <SchemaList key={at} schema={schema} required={t("required")} />
              ) : (
                // biome-ignore lint/suspicious/noArrayIndexKey: the choices of a schema never move
                <p key={at}>{t("noFields")}</p>
              ),
            )}
          </section>
        ) : null}
        <section className="stack stack--tight">
          <h3>{t("answer")}</h3>
          {replies
            .filter(({ reply }) => !reply["x-codes"])
            .map(({ status, reply }) => (
              <AnswerOf key={status} status={status} reply={reply} t={t} />
            ))}
        </section>
        {refused.length > 0 ? (
          <section className="stack stack--tight">
            <h3>{t("refusals")}</h3>
            <dl className="api__codes">
              {refused.map(({ status, reply }) => (
                <div key={status}>
                  <dt>{status}</dt>
                  <dd>
                    {reply["x-codes"]?.map((code) => (
                      <code key={code}>{code}</code>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ) : null}
        <section className="stack stack--tight">
          <h3>{t("example")}</h3>
          <CodeBlock label={`${t("example")}: ${summary}`} text={curlOf(method, path, operation)} />
        </section>
      </div>
    </details>
  );
}

/** Wider than a phone: it scrolls by itself, with the keyboard too. */
export function CodeBlock({ label, text }: { label: string; text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable without a mouse
    <section className="api__code" aria-label={label} tabIndex={0}>
      <pre>{text}</pre>
    </section>
  );
}

function AnswerOf({ status, reply, t }: { status: string; reply: Reply; t: Words }) {
  const [content] = Object.entries(reply.content ?? {});
  const each = content?.[1].schema["x-each-event"];
  return (
    <div className="stack stack--tight">
      <p>
        <b>{status}</b> {content ? <code>{content[0]}</code> : null}{" "}
        {content?.[0] === "application/json" ? null : <Prose text={reply.description} />}
      </p>
      {content?.[0] === "application/json" ? (
        <SchemaList schema={content[1].schema} required={t("required")} />
      ) : null}
      {each ? (
        <>
          <p>{t("events")}</p>
          <SchemaList schema={each} required={t("required")} />
        </>
      ) : null}
    </div>
  );
}

function whoMay(operation: Call["operation"], t: Words): string {
  const { "x-roles": allowed, "x-scope": scope, "x-proof": proof = "", security } = operation;
  if (allowed) {
    const roles = allowed.join(", ");
    return security.some((one) => "apiKey" in one)
      ? t("roles", { roles, scope: scope ?? "" })
      : t("persons", { roles });
  }
  return proof.startsWith("nothing: ") ? `${t("anybody")}: ${proof.slice(9)}` : t("proof", { proof });
}

/** Parameters read like the members of an object, where they stand beside their name. */
function asObject(parameters: Call["operation"]["parameters"]) {
  return {
    type: "object",
    required: parameters
      .filter(({ required }) => required)
      .map(({ name, in: place }) => `${name} (${place})`),
    properties: Object.fromEntries(
      parameters.map(({ name, in: place, description, schema }) => [
        `${name} (${place})`,
        { ...schema, ...(description ? { description } : {}) },
      ]),
    ),
  };
}
