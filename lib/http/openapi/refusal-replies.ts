import { STATUS_CODES } from "node:http";
import type { Described } from "@/lib/http/described";
import { refusalsOf } from "@/lib/http/door-refusals";
import type { ProblemCode } from "@/lib/http/refusal-words";
import type { JsonSchema, OpenApiDocument, Operation, Reply } from "./types";

/** What a door may refuse with, by status. */
export function refusalReplies(door: Described, problemRef: JsonSchema): Record<string, Reply> {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const [code, statuses] of refusalsOf(door))
    for (const status of statuses) byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [status, refusalReply(status, codes, problemRef)]),
  );
}

function refusalReply(status: number, codes: readonly ProblemCode[], problemRef: JsonSchema): Reply {
  return {
    description: `${STATUS_CODES[status]}: ${codes.join(", ")}`,
    ...(status === 401
      ? { headers: { "www-authenticate": { $ref: "#/components/headers/Challenge" } } }
      : {}),
    ...(status === 429 || status === 503
      ? { headers: { "retry-after": { $ref: "#/components/headers/RetryAfter" } } }
      : {}),
    content: { "application/problem+json": { schema: problemRef } },
    "x-codes": codes,
  };
}

export const faultReply = ({ route }: Described): Operation["responses"] =>
  route === "GET /api/health" ? {} : { default: { $ref: "#/components/responses/Fault" } };

/** What many doors refuse alike stands once: of each status the commonest, under the status's own name. */
export function shareRefusals(paths: OpenApiDocument["paths"]): Record<string, Reply> {
  const shared: Record<string, Reply> = {};
  const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
  const uses = new Map<string, { status: string; reply: Reply; by: Operation[] }>();
  for (const operation of operations)
    for (const [status, reply] of Object.entries(operation.responses)) {
      if ("$ref" in reply || !reply["x-codes"]) continue;
      const known = uses.get(reply.description) ?? { status, reply, by: [] };
      known.by.push(operation);
      uses.set(reply.description, known);
    }
  for (const { status, reply, by } of [...uses.values()].sort(
    (one, other) => other.by.length - one.by.length,
  )) {
    const name = (STATUS_CODES[Number(status)] ?? status).replace(/\W/g, "");
    if (by.length < 2 || shared[name]) continue;
    shared[name] = reply;
    for (const operation of by) operation.responses[status] = { $ref: `#/components/responses/${name}` };
  }
  return shared;
}
