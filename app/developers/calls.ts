import type { Method, OpenApiDocument, Operation, Reply } from "@/lib/http/openapi/types";

export type Call = { method: Method; path: string; operation: Operation };

/** The document's calls that have every word of a search somewhere: path, sentence, area or a refusal's code. */
export function callsOf({ paths, components }: OpenApiDocument, q: string): Call[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return Object.entries(paths)
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ method: method as Method, path, operation })),
    )
    .filter(({ method, path, operation }) => {
      const { summary, description = "", tags, operationId } = operation;
      const codes = repliesOf(operation, components).flatMap(({ reply }) => reply["x-codes"] ?? []);
      const text = [method, path, summary, description, operationId, ...tags, ...codes]
        .join(" ")
        .toLowerCase();
      return words.every((word) => text.includes(word));
    });
}

/** A call's answers and refusals by status, whether they stand in it or are shared. */
export function repliesOf(
  { responses }: Operation,
  { responses: shared }: Pick<OpenApiDocument["components"], "responses">,
): { status: string; reply: Reply }[] {
  return Object.entries(responses).flatMap(([status, reply]) => {
    const found = "$ref" in reply ? shared[reply.$ref.split("/").at(-1) ?? ""] : reply;
    return found ? [{ status, reply: found }] : [];
  });
}
