import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import { problem } from "./answers/problem";
import { type Described, isMedia, isMoved } from "./described";
import { faults, refusalsOf } from "./door-refusals";
import type { ProblemCode } from "./refusal-words";

/**
 * Where an answer is not what its door says of it: a status, a media type, a refusal that is not named, a member that is missing, wrong or
 * undeclared. Nothing is read of a stream.
 */
export async function flawsOf(described: Described, response: Response): Promise<string[]> {
  const type = response.headers.get("content-type")?.split(";")[0] ?? "";
  if (type === "application/problem+json") return refusalFlaws(described, await response.clone().json());
  const { answer, status = 200, alsoStatus = status } = described;
  if (isMoved(answer)) return response.status === 303 ? [] : [`answers ${response.status}, not 303`];
  if (isMedia(answer) && response.status === 304) return [];
  const wrong = [status, alsoStatus].includes(response.status) ? [] : [`answers ${response.status}`];
  if (isMedia(answer))
    return [answer.media, ...(answer.orMedia ?? [])].includes(type) ? wrong : [...wrong, `answers ${type}`];
  if (type !== "application/json") return [...wrong, `answers ${type}`];
  return [...wrong, ...schemaFlaws(answer, await response.clone().json())];
}

function refusalFlaws(described: Described, refused: { code: ProblemCode; status: number }): string[] {
  const { code, status } = refused;
  const flaws = schemaFlaws(problem, refused);
  if (flaws.length > 0 || faults.includes(code)) return flaws;
  const statuses = refusalsOf(described).get(code);
  if (!statuses) return [`refuses ${code}, which it does not name`];
  return statuses.includes(status) ? [] : [`refuses ${code} with ${status}`];
}

/** A schema drops what it does not declare, so what it keeps must be all there was. */
function schemaFlaws(schema: z.ZodType, value: unknown): string[] {
  const parsed = schema.safeParse(value);
  if (!parsed.success)
    return parsed.error.issues.map(({ path, message }) => `${path.join(".") || "the answer"}: ${message}`);
  return isDeepStrictEqual(parsed.data, value) ? [] : undeclared(parsed.data, value, []);
}

function undeclared(kept: unknown, given: unknown, path: string[]): string[] {
  if (isDeepStrictEqual(kept, given)) return [];
  if (typeof given !== "object" || given === null || typeof kept !== "object" || kept === null)
    return [`${path.join(".")}: the schema changes it`];
  return Object.entries(given).flatMap(([name, inner]) =>
    name in kept
      ? undeclared((kept as Record<string, unknown>)[name], inner, [...path, name])
      : [`${[...path, name].join(".")}: not declared`],
  );
}
