import type { IncomingMessage, ServerResponse } from "node:http";
import { dataDoor } from "@/lib/http/data-door";
import { profileOf } from "@/lib/http/headers";

/** Tells the middleware that its work is done. */
const mark = "x-vouchsafe-door";

/**
 * The middleware's work for JSON doors, before Next: there it would clone each body and wake a runtime of its own, which costs more than most answers.
 *
 * @returns true when nothing is left to do; false: hand the request on, its answer's headers are set.
 */
export async function answeredAtTheDoor(
  request: IncomingMessage,
  response: ServerResponse,
  env: Parameters<typeof dataDoor>[1],
): Promise<boolean> {
  delete request.headers[mark];
  const [path = "/"] = (request.url ?? "/").split("?", 1);
  if (profileOf(path) !== "data") return false;
  const { headers, answer } = dataDoor(
    {
      method: request.method ?? "GET",
      path,
      origin: request.headers.origin ?? null,
      asksFor: request.headers["access-control-request-method"] ?? null,
    },
    env,
  );
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  request.headers[mark] = "seen";
  if (!answer) return false;
  for (const [name, value] of answer.headers) response.setHeader(name, value);
  response.writeHead(answer.status).end(await answer.text());
  return true;
}
