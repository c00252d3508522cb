import { AsyncLocalStorage } from "node:async_hooks";
import type { IncomingMessage, ServerResponse } from "node:http";

type Request = Pick<IncomingMessage, "method" | "headers">;
type Response = Pick<ServerResponse, "statusCode" | "setHeader" | "headersSent">;
/** One for the process: our Node entry and Next's bundles each load this module. */
const shared = globalThis as typeof globalThis & { vouchsafePages?: AsyncLocalStorage<Response> };
shared.vouchsafePages ??= new AsyncLocalStorage();
const answers = shared.vouchsafePages;

/**
 * Lets the page that `answer` renders say its status (decision 0056). Only a document has one: what the router fetches for a page that is open, and a
 * form's answer, mean by it that they failed themselves.
 */
export function letPageSayStatus<T>(request: Request, response: Response, answer: () => T): T {
  const asksForDocument = request.method === "GET" || request.method === "HEAD";
  return asksForDocument && !request.headers.rsc ? answers.run(response, answer) : answer();
}

/** The status of the page being rendered, before any of it is sent. Without our Node entry in front it stays 200. */
export function sayPageStatus(status: number, retryAfterSeconds?: number): void {
  const response = answers.getStore();
  if (!response || response.headersSent) return;
  response.statusCode = status;
  if (retryAfterSeconds !== undefined) response.setHeader("retry-after", String(retryAfterSeconds));
}
