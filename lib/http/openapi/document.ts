import { STATUS_CODES } from "node:http";
import { type Access, access } from "@/lib/auth/access";
import { problem } from "@/lib/http/answers/problem";
import { type Described, isMedia, isMoved } from "@/lib/http/described";
import { faults } from "@/lib/http/door-refusals";
import { allowedPerMinute } from "@/lib/http/flood";
import { problemCodes, refusalTitle } from "@/lib/http/refusal-words";
import { areaOf, type PathParam, paramWords, tags } from "./areas";
import { securityOf, securitySchemes } from "./proofs";
import { faultReply, refusalReplies, shareRefusals } from "./refusal-replies";
import { sampleOf } from "./sample";
import { openSchemas } from "./schemas";
import type { JsonSchema, Method, OpenApiDocument, Operation, Parameter, Reply } from "./types";

type Schemas = ReturnType<typeof openSchemas>;

/** The API's document, from what its doors say of themselves and what the table says of them. Nothing in it is told by hand a second time. */
export function documentOf(doors: readonly Described[]): OpenApiDocument {
  const schemas = openSchemas();
  const problemRef = schemas.schemaOf(problem);
  const paths: OpenApiDocument["paths"] = {};
  for (const door of doors) {
    const [method = "", place = ""] = door.route.split(" ");
    const path = place.replace(/\[(\w+)\]/g, "{$1}");
    paths[path] = {
      ...paths[path],
      [method.toLowerCase() as Method]: operationOf(door, schemas, problemRef),
    };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Vouchsafe",
      version: "1",
      description:
        "Calls that arrive already verified. Bodies are JSON of at most 64 kB, whatever the content type says; every instant is ISO 8601. " +
        "Each answer carries `x-request-id`. Members may be added to answers; none is taken away or changes its meaning.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/", description: "Where this document came from." }],
    tags,
    paths,
    components: {
      schemas: schemas.components,
      responses: {
        ...shareRefusals(paths),
        Fault: {
          description: "It is our fault or the cloud's; nothing was half done. 503 says when to come back.",
          headers: { "retry-after": { $ref: "#/components/headers/RetryAfter" } },
          content: { "application/problem+json": { schema: problemRef } },
          "x-codes": faults,
        },
      },
      headers: {
        RequestId: {
          description: "Names this request in our log.",
          schema: { type: "string", format: "uuid" },
        },
        RetryAfter: { description: "Seconds to wait.", schema: { type: "integer", minimum: 1 } },
        Challenge: { description: "The scheme to sign in with.", schema: { type: "string" } },
      },
      securitySchemes,
      "x-refusals": Object.fromEntries(problemCodes.map((code) => [code, refusalTitle(code)])),
    },
  };
}

function operationOf(door: Described, schemas: Schemas, problemRef: JsonSchema): Operation {
  const rule: Access = access[door.route];
  return {
    operationId: operationIdOf(door.route),
    summary: door.summary,
    ...(door.details ? { description: door.details } : {}),
    tags: [areaOf(door.route)],
    security: securityOf(door.route, door),
    parameters: [...pathParameters(door), ...queryParameters(door, schemas), ...repeatParameter(door)],
    ...bodyOf(door, schemas),
    responses: { ...successOf(door, schemas), ...refusalReplies(door, problemRef), ...faultReply(door) },
    ...("open" in rule ? { "x-proof": rule.open } : { "x-roles": rule.roles, "x-scope": rule.scope }),
    ...(door.route === "GET /api/health" ? {} : { "x-requests-per-minute": allowedPerMinute[rule.limit] }),
  };
}

/** `POST /api/visits/[visitId]/cancel` → `postVisitsVisitIdCancel`. */
function operationIdOf(route: string): string {
  const [method = "", place = ""] = route.split(" ");
  const words = place.replace(/^\/api\//, "").match(/[A-Za-z0-9]+/g) ?? [];
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

function pathParameters({ route }: Described): Parameter[] {
  return [...route.matchAll(/\[(\w+)\]/g)].map(([, name = ""]) => ({
    name,
    in: "path",
    required: true,
    description: paramWords[name as PathParam],
    schema: name.endsWith("Id") ? { type: "string", format: "uuid" } : { type: "string" },
  }));
}

function queryParameters({ query }: Described, { schemaOf }: Schemas): Parameter[] {
  if (!query) return [];
  const { properties = {}, required = [] } = schemaOf(query);
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: "query",
    required: required.includes(name),
    ...(description ? { description } : {}),
    schema,
  }));
}

/** Where a browser is known by its cookie, a program is known by a key of its own. */
function repeatParameter(door: Described): Parameter[] {
  const byBrowser = securityOf(door.route, door).some((one) => "linkBrowser" in one);
  if (!byBrowser && door.route !== "POST /api/visits/[visitId]/start") return [];
  return [
    {
      name: "Idempotency-Key",
      in: "header",
      required: false,
      description:
        "In place of the browser's cookie: 16 to 255 printable characters, the same in every call of one seat.",
      schema: { type: "string", minLength: 16, maxLength: 255 },
    },
  ];
}

function bodyOf(
  { body, form }: Described,
  { schemaOf, components }: Schemas,
): Pick<Operation, "requestBody"> {
  if (!body) return {};
  const schema = schemaOf(body);
  const example = sampleOf(schema, components);
  const shown = example !== null && typeof example === "object" && Object.keys(example).length > 0;
  const type = form ? "application/x-www-form-urlencoded" : "application/json";
  return {
    requestBody: {
      required: Boolean(schema.required?.length || schema.anyOf),
      content: { [type]: { schema, ...(shown ? { example } : {}) } },
    },
  };
}

function successOf(
  { answer, status = 200, alsoStatus }: Described,
  { schemaOf }: Schemas,
): Operation["responses"] {
  const headers = { "x-request-id": { $ref: "#/components/headers/RequestId" } };
  if (isMoved(answer))
    return {
      303: {
        description: answer.moved,
        headers: { location: { description: answer.moved, schema: { type: "string" } }, ...headers },
      },
    };
  if (isMedia(answer)) {
    const content = (media: string) => ({
      schema: {
        ...(media === "application/json" ? { type: "object" } : { type: "string" }),
        ...(answer.each ? { "x-each-event": schemaOf(answer.each) } : {}),
      },
    });
    const reply: Reply = {
      description: answer.holds,
      headers,
      content: Object.fromEntries(
        [answer.media, ...(answer.orMedia ?? [])].map((media) => [media, content(media)]),
      ),
    };
    return { [status]: reply, ...(alsoStatus ? { [alsoStatus]: reply } : {}) };
  }
  const reply: Reply = {
    description: STATUS_CODES[status] ?? "Done.",
    headers,
    content: { "application/json": { schema: schemaOf(answer) } },
  };
  return {
    [status]: reply,
    ...(alsoStatus ? { [alsoStatus]: { ...reply, description: STATUS_CODES[alsoStatus] ?? "" } } : {}),
  };
}
