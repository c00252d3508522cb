/** As much of OpenAPI 3.1 as we write; a test holds the whole document against the official schema of the format. */
export type JsonSchema = {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  description?: string;
  examples?: unknown[];
  default?: unknown;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  minLength?: number;
  maxLength?: number;
  /** Ours: what each event of a stream carries. */
  "x-each-event"?: JsonSchema;
  [more: string]: unknown;
};
export type Parameter = {
  name: string;
  in: "path" | "query" | "header";
  required: boolean;
  description?: string;
  schema: JsonSchema;
};
type MediaContent = Record<string, { schema: JsonSchema; example?: unknown }>;
export type Reply = {
  description: string;
  headers?: Record<string, { $ref: string } | { description: string; schema: JsonSchema }>;
  content?: MediaContent;
  "x-codes"?: readonly string[];
};
export type Security = Record<string, never[]>;
export type Operation = {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  security: Security[];
  parameters: Parameter[];
  requestBody?: { required: boolean; content: MediaContent };
  responses: Record<string, Reply | { $ref: string }>;
  "x-roles"?: readonly string[];
  "x-scope"?: string;
  "x-proof"?: string;
  "x-requests-per-minute"?: number;
};
export type Method = "get" | "post" | "put" | "patch" | "delete";
export type OpenApiDocument = {
  openapi: "3.1.0";
  info: {
    title: string;
    version: string;
    description: string;
    license: { name: string; identifier: string };
  };
  servers: { url: string; description: string }[];
  tags: { name: string; description: string }[];
  paths: Record<string, Partial<Record<Method, Operation>>>;
  components: {
    schemas: Record<string, JsonSchema>;
    responses: Record<string, Reply>;
    headers: Record<string, { description: string; schema: JsonSchema }>;
    securitySchemes: Record<string, Record<string, unknown>>;
    /** What happened, by the code. */
    "x-refusals": Record<string, string>;
  };
};
